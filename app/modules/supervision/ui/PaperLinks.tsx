/** Files to download, one under the other. */
export function PaperLinks({ papers }: { readonly papers: readonly { readonly id: string; readonly name: string }[] }) {
  return (
    <ul className="space-y-1">
      {papers.map(({ id, name }) => (
        <li key={id}>
          <a href={`/supervision/papers/${id}`} className="break-all">
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
