import { createContext } from "react";

/** The CSP nonce while a page is rendered on the server; in a browser it is hidden from scripts, and empty here. */
export const Nonce = createContext("");
