import { getFormProps, useForm } from "@conform-to/react";

import { PROJECT_CLASSES, PROJECT_NATURES } from "~/kernel/vocabulary";
import { Columns, ErrorSummary, Fields, Section, Select, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";

import { optionsOf } from "./options";
import type { SectionFormProps } from "./section-form";
import { wired } from "./wired";

type Values = Readonly<
  Record<
    "name" | "class" | "nature" | "basis" | "leaderName" | "liaisonName" | "liaisonPhone" | "leads" | "partners",
    string
  >
>;

/** Who files what, and on which ground. */
export function BasicsForm({ filing: { basics }, version, reply, actions }: SectionFormProps) {
  const namesOf = (role: "lead" | "co") =>
    basics.partners
      .filter((partner) => partner.role === role)
      .map(({ mention }) => mention)
      .join("\n");
  const [form, fields] = useForm<Values>({
    lastResult: reply,
    defaultValue: {
      ...basics,
      class: basics.class ?? "",
      nature: basics.nature ?? "",
      leads: namesOf("lead"),
      partners: namesOf("co"),
    },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="version" value={version} />
      <Section title="基本信息" note={`年度 ${basics.year}`}>
        <Fields>
          <TextInput {...wired(fields.name)} label="项目名称" required hint="写全称，不要写成系统版本号" />
          <Columns>
            <Select
              {...wired(fields.nature)}
              label="建设性质"
              required
              placeholder="请选择"
              options={optionsOf(PROJECT_NATURES)}
            />
            <Select
              {...wired(fields.class)}
              label="项目类别"
              required
              placeholder="请选择"
              options={optionsOf(PROJECT_CLASSES)}
            />
          </Columns>
          <TextArea
            {...wired(fields.basis)}
            label="立项依据"
            required
            hint="政策文件、领导批示或会议纪要的名称和文号；属应急、特急的请注明"
          />
          <Columns count={3}>
            <TextInput {...wired(fields.leaderName)} label="项目负责人" required autoComplete="off" />
            <TextInput {...wired(fields.liaisonName)} label="联络员" required autoComplete="off" />
            <TextInput {...wired(fields.liaisonPhone)} label="联络电话" required inputMode="tel" autoComplete="off" />
          </Columns>
          <Columns>
            <TextArea {...wired(fields.leads)} label="共同牵头单位" hint="每行一个单位" rows={3} />
            <TextArea
              {...wired(fields.partners)}
              label="配合单位"
              hint="每行一个单位，可写“各镇（街）政府”一类的统称"
              rows={3}
            />
          </Columns>
        </Fields>
        {actions}
      </Section>
    </form>
  );
}
