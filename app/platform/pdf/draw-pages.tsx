import { Document, Line, Page, renderToBuffer, Svg, Text, View } from "@react-pdf/renderer";
import type { LoadedFonts } from "./fonts.server";
import type { OfficialDocument } from "./official-document.types";
import type { ComposedPage, PlacedRule, PlacedText } from "./placed";

/** @unit pt */
interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Draws composed pages into a file. The same pages, properties and fonts give the same bytes. */
export async function drawPages(
  pages: readonly ComposedPage[],
  properties: OfficialDocument["properties"],
  { width, height }: PageSize,
  fonts: LoadedFonts,
): Promise<Uint8Array> {
  const createdAt = new Date(properties.createdAt);
  return renderToBuffer(
    <Document
      title={properties.title}
      author={properties.author}
      subject={properties.subject}
      keywords={`字体替换：${fonts.substitutions}`}
      creator="明镜"
      producer="明镜"
      creationDate={createdAt}
      modificationDate={createdAt}
      language="zh-CN"
      pdfVersion="1.7"
    >
      {pages.map((items, page) => (
        <Page key={page} size="A4" orientation={width > height ? "landscape" : "portrait"} wrap={false}>
          {/* an unwrapped page is as high as its content, and placed items do not count */}
          <View style={{ width, height }}>
            <Rules rules={items.filter((item) => item.kind === "rule")} size={{ width, height }} />
            {items
              .filter((item) => item.kind === "text")
              .map((item, index) => (
                <TextLine key={index} item={item} fonts={fonts} />
              ))}
          </View>
        </Page>
      ))}
    </Document>,
  );
}

/** Drawn as strokes, which every viewer keeps visible and of one width; thin filled boxes fade on screens. */
function Rules({ rules, size: { width, height } }: { readonly rules: readonly PlacedRule[]; readonly size: PageSize }) {
  return (
    <Svg style={{ position: "absolute", left: 0, top: 0, width, height }} viewBox={`0 0 ${width} ${height}`}>
      {rules.map((rule, index) => {
        const isFlat = rule.width >= rule.height;
        const [x, y] = isFlat ? [rule.x, rule.y + rule.height / 2] : [rule.x + rule.width / 2, rule.y];
        return (
          <Line
            key={index}
            x1={x}
            y1={y}
            x2={isFlat ? x + rule.width : x}
            y2={isFlat ? y : y + rule.height}
            stroke={rule.color}
            strokeWidth={isFlat ? rule.height : rule.width}
          />
        );
      })}
    </Svg>
  );
}

/** Its box leaves room to spare: a line as wide as its box would be justified once more. */
function TextLine({ item, fonts }: { readonly item: PlacedText; readonly fonts: LoadedFonts }) {
  const { text, ascent } = fonts.drawn(item.face, item.text);
  return (
    <Text
      style={{
        position: "absolute",
        left: item.x,
        top: item.baseline - ascent * item.size,
        width: item.width + 2 * item.size,
        fontFamily: fonts.familiesOf(item.face),
        fontSize: item.size,
        letterSpacing: item.letterSpacing,
        color: item.color,
      }}
    >
      {text}
    </Text>
  );
}
