import base from "./playwright.config";
const { globalSetup: _g, ...rest } = base;
export default { ...rest, reporter: "line", use: { ...base.use, baseURL: "http://127.0.0.1:3112" } };
