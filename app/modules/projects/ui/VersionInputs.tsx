/** What a save must find, and how the form was opened: sent along hidden, so that a conflict can be told and decided. */
export function VersionInputs({ version, opened }: { readonly version: number; readonly opened: string }) {
  return (
    <>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="opened" value={opened} />
    </>
  );
}
