import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import {
  AmountInput,
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  fieldId,
  FileInput,
  RadioGroup,
  Select,
  TextArea,
  TextInput,
} from "./index";

const text = { name: "title", label: "项目名称" };
const options = [
  { value: "new", label: "新建" },
  { value: "upgrade", label: "升级改造" },
];

describe("a control is tied to its label, hint and error", () => {
  it.each([
    ["text", <TextInput key="t" {...text} hint="全称" error="请填写" />],
    ["text area", <TextArea key="a" {...text} hint="全称" error="请填写" />],
    ["select", <Select key="s" {...text} options={options} hint="全称" error="请填写" />],
    ["amount", <AmountInput key="m" {...text} hint="全称" error="请填写" />],
    ["file", <FileInput key="f" {...text} hint="全称" error="请填写" />],
    ["checkbox", <Checkbox key="c" {...text} hint="全称" error="请填写" />],
  ])("%s", (_, control) => {
    const html = renderToStaticMarkup(control);
    expect(html).toMatch(/<label[^>]* for="field-title"/);
    expect(html).toMatch(/<(input|textarea|select)[^>]* id="field-title"/);
    expect(html).toMatch(/<(input|textarea|select)[^>]* aria-describedby="field-title-description field-title-error"/);
    expect(html).toMatch(/<(input|textarea|select)[^>]* aria-invalid="true"/);
    expect(html).toMatch(/id="field-title-description"[^>]*>全称/);
    expect(html).toMatch(/id="field-title-error".*请填写/);
  });

  it("says nothing of errors when there are none", () => {
    const html = renderToStaticMarkup(<TextInput {...text} error={[]} />);
    expect(html).not.toContain("aria-invalid");
    expect(html).not.toContain("aria-describedby");
  });

  it("takes an id of its own, and the error and hint follow it", () => {
    const html = renderToStaticMarkup(<TextInput {...text} id="form-1-title" error="请填写" />);
    expect(html).toContain('for="form-1-title"');
    expect(html).toContain('aria-describedby="form-1-title-error"');
  });

  it("is marked as required without stopping a draft in the browser", () => {
    const html = renderToStaticMarkup(<TextInput {...text} required />);
    expect(html).toContain('aria-required="true"');
    expect(html).not.toMatch(/ required=/);
  });

  it("keeps what was typed beside its error", () => {
    const html = renderToStaticMarkup(<AmountInput {...text} defaultValue="四百万" error="不是数字" />);
    expect(html).toContain('value="四百万"');
  });
});

describe("a group of choices", () => {
  it("radio: a named group whose first choice is where an error link lands", () => {
    const html = renderToStaticMarkup(<RadioGroup {...text} options={options} defaultValue="upgrade" error="请选择" />);
    expect(html).toMatch(/<fieldset[^>]*role="radiogroup"/);
    expect(html).toMatch(/<fieldset[^>]*aria-describedby="field-title-error"/);
    expect(html).toMatch(/<legend[^>]*>项目名称<\/legend>/);
    expect(html).toMatch(/<input type="radio" id="field-title"[^>]*value="new"/);
    expect(html).toMatch(/<input type="radio" id="field-title-1"[^>]*checked=""[^>]*value="upgrade"/);
  });

  it("checkboxes: one name, every default ticked", () => {
    const html = renderToStaticMarkup(<CheckboxGroup {...text} options={options} defaultValue={["new", "upgrade"]} />);
    expect(html.match(/checked=""/g)).toHaveLength(2);
    expect(html.match(/name="title"/g)).toHaveLength(2);
  });
});

describe("error summary", () => {
  it("links each error to its field", () => {
    const html = renderToStaticMarkup(<ErrorSummary errors={[{ field: "title", message: "请填写项目名称" }]} />);
    expect(html).toContain('role="alert"');
    expect(html).toMatch(/<a href="#field-title"[^>]*>请填写项目名称<\/a>/);
  });

  it("shows an error of no field as text", () => {
    const html = renderToStaticMarkup(<ErrorSummary errors={[{ message: "资金合计与分项不符" }]} />);
    expect(html).toMatch(/<li>资金合计与分项不符<\/li>/);
  });

  it("is absent without errors", () => {
    expect(renderToStaticMarkup(<ErrorSummary errors={[]} />)).toBe("");
  });
});

describe("fieldId", () => {
  it.each([
    ["a plain name", "title", "field-title"],
    ["a row of a list", "lines[0].amount", "field-lines-0-amount"],
    ["a Chinese name", "指标[2]", "field-指标-2-"],
  ])("%s", (_, name, id) => {
    expect(fieldId(name)).toBe(id);
  });
});
