import { StatusTag } from "~/ui";

import { REPLACEABILITY_TONES } from "../matter.words";
import { REPLACEABILITIES, type Replaceability } from "../replaceability.rules";

/** How a material stands to data. */
export const StandingTag = ({ standing }: { readonly standing: Replaceability }) => (
  <StatusTag tone={REPLACEABILITY_TONES[standing]}>{REPLACEABILITIES[standing]}</StatusTag>
);
