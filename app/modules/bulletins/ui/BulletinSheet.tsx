import { ScrollFrame } from "~/ui";

import type { AnnexColumn, BulletinAnnex, BulletinContent, BulletinFigure, Paragraph } from "../bulletin.types";

export interface BulletinSheetProps {
  readonly content: Omit<BulletinContent, "period">;
  /** 发文字号; absent while it is a draft */
  readonly number: string | null;
  /** 成文日期 as written: "2026年7月20日" */
  readonly date: string | null;
  /** figures whose rows the reader may not see: they keep their meaning and lose their link */
  readonly closed: readonly string[];
}

/** 仿宋 for the text, 小标宋 for the title, where the reader's machine has them. */
const BODY = "[font-family:FangSong,STFangsong,FangSong_GB2312,'Noto_Serif_SC',serif]";
const BLACK = "[font-family:SimHei,'Noto_Sans_SC',sans-serif]";
const KAI = "[font-family:KaiTi,STKaiti,'LXGW_WenKai',serif]";
const TITLE = "[font-family:FZXiaoBiaoSong-B05S,STZhongsong,'Noto_Serif_SC',serif]";

/** The bulletin as the sheet of an official document: what the PDF says, with every figure a link to its rows. */
export function BulletinSheet({ content, number, date, closed }: BulletinSheetProps) {
  const figures = new Map(
    content.figures.map((figure) => [figure.id, { ...figure, isOpen: !closed.includes(figure.id) }]),
  );
  return (
    <article
      aria-label={content.title}
      className={`mb-4 rounded border border-line bg-white px-4 py-8 text-[1.0625rem] leading-[1.9] text-black shadow sm:px-10 sm:py-12 lg:px-16 print:border-0 print:p-0 print:shadow-none ${BODY}`}
    >
      <header>
        <p
          className={`text-center text-[1.625rem] font-bold leading-tight tracking-widest text-official sm:text-[2.5rem] ${TITLE}`}
        >
          {content.issuerName}文件
        </p>
        <p className="mt-6 text-center">{number ?? "（签发后编号）"}</p>
        <hr className="mt-2 border-0 border-t-2 border-official" />
      </header>
      <h2
        className={`mx-auto mt-8 max-w-xl text-center text-[1.375rem] font-bold leading-normal [text-wrap:balance] sm:text-[1.625rem] ${TITLE}`}
      >
        {content.title}
      </h2>
      <p className="mt-6">{content.addressees}：</p>
      <Text paragraph={content.opening} figures={figures} />
      {content.sections.map((section) => (
        <section key={section.heading}>
          {section.level === 1 ? (
            <h3 className={`indent-8 ${BLACK} font-normal`}>{section.heading}</h3>
          ) : (
            <h4 className={`indent-8 ${KAI}`}>{section.heading}</h4>
          )}
          {section.paragraphs.map((paragraph, index) => (
            <Text key={index} paragraph={paragraph} figures={figures} />
          ))}
        </section>
      ))}
      <ul className="mt-8 pl-8" aria-label="附件">
        {content.annexes.map((annex) => (
          <li key={annex.label}>
            <a href={`#${annex.label}`} className="text-inherit">
              {annex.label}：{annex.title}
            </a>
          </li>
        ))}
      </ul>
      <div className="mt-10 text-right leading-relaxed">
        <p>{content.issuerName}</p>
        <p className="sm:pr-8">{date ?? "（签发之日）"}</p>
      </div>
      {content.annexes.map((annex) => (
        <Annex key={annex.label} annex={annex} />
      ))}
    </article>
  );
}

interface ShownFigure extends BulletinFigure {
  readonly isOpen: boolean;
}

function Text({ paragraph, figures }: { paragraph: Paragraph; figures: ReadonlyMap<string, ShownFigure> }) {
  return (
    <p className="text-justify indent-8">
      {paragraph.map((inline, index) =>
        typeof inline === "string" ? inline : <FigureLink key={index} figure={figures.get(inline.figure)} />,
      )}
    </p>
  );
}

/** A figure is its proof's address: the dotted line says that it can be opened, its title says what was counted. */
function FigureLink({ figure }: { figure: ShownFigure | undefined }) {
  if (!figure) return null;
  const meaning = `${figure.name}：${figure.definition}`;
  if (!figure.isOpen) {
    return (
      <span title={meaning} data-figure={figure.id}>
        {figure.text}
      </span>
    );
  }
  return (
    <a
      href={figure.evidenceUrl}
      title={meaning}
      data-figure={figure.id}
      className="text-inherit underline decoration-dotted underline-offset-4 hover:text-primary print:no-underline"
    >
      {figure.text}
    </a>
  );
}

const ALIGN: Readonly<Record<AnnexColumn["align"], string>> = {
  left: "text-left",
  center: "text-center",
  right: "text-right whitespace-nowrap",
};

function Annex({ annex }: { annex: BulletinAnnex }) {
  return (
    <section id={annex.label} className="mt-12 border-t border-dashed border-line pt-6 print:break-before-page">
      <p className={BLACK}>{annex.label}</p>
      <h3 className={`mb-4 text-center text-[1.1875rem] font-bold ${TITLE}`}>{annex.title}</h3>
      <ScrollFrame>
        <table className="w-full min-w-[32rem] border-collapse text-[0.875rem] leading-6">
          <caption className="sr-only">{annex.title}</caption>
          <thead>
            <tr>
              {annex.columns.map((column) => (
                <th key={column.title} scope="col" className="border border-black px-2 py-1 text-center font-normal">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {annex.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at} className={`border border-black px-2 py-1 ${ALIGN[annex.columns[at]?.align ?? "left"]}`}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
