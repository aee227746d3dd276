import { Document, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import { composeDocument } from "./compose-document";
import type { LoadedFonts } from "./fonts.server";
import type { OfficialDocument } from "./official-document.types";
import { PAGE } from "./page-geometry";
import type { Placed } from "./placed";

/** Draws the composed pages. The same document and fonts give the same bytes. */
export async function drawOfficialDocument(document: OfficialDocument, fonts: LoadedFonts): Promise<Uint8Array> {
  const { properties } = document;
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
      {composeDocument(document, fonts.measure).map((items, page) => (
        <Page key={page} size="A4" wrap={false}>
          {/* an unwrapped page is as high as its content, and placed items do not count */}
          <View style={PAGE}>
            {items.map((item, index) => (
              <PlacedItem key={index} item={item} fonts={fonts} />
            ))}
          </View>
        </Page>
      ))}
    </Document>,
  );
}

function PlacedItem({ item, fonts }: { readonly item: Placed; readonly fonts: LoadedFonts }) {
  if (item.kind === "rule") {
    const { x, y, width, height, color } = item;
    return <View style={{ position: "absolute", left: x, top: y, width, height, backgroundColor: color }} />;
  }
  return (
    <Text
      style={{
        position: "absolute",
        left: item.x,
        top: item.baseline - fonts.ascentOf(item.face) * item.size,
        // room to spare: a line that is as wide as its box would be justified once more
        width: item.width + 2 * item.size,
        fontFamily: fonts.familiesOf(item.face),
        fontSize: item.size,
        letterSpacing: item.letterSpacing,
        color: item.color,
      }}
    >
      {item.text}
    </Text>
  );
}
