import { getFormProps, useForm } from "@conform-to/react";

import { PROJECT_CLASSES, PROJECT_NATURES, SHORTCUTS } from "~/kernel/vocabulary";
import { Columns, ErrorSummary, Fields, Section, Select, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { basicsValues } from "../filing.form-values";
import type { InventoryEntry } from "../filing.types";
import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";
import { MaintainedSystems } from "./MaintainedSystems";
import { SimilarWhileTyping } from "./SimilarHits";

/** Who files what, on which ground, and by which procedure. */
export function BasicsForm({
  filing,
  projectId,
  version,
  opened,
  reply,
  actions,
  inventory,
}: SectionFormProps & { readonly inventory: readonly InventoryEntry[] }) {
  const { basics } = filing;
  const [form, fields] = useForm<ReturnType<typeof basicsValues>>({
    lastResult: reply,
    defaultValue: basicsValues(filing),
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <VersionInputs version={version} opened={opened} />
      <Section title="基本信息" note={`年度 ${basics.year}`}>
        <Fields>
          <TextInput {...wired(fields.name)} label="项目名称" required hint="写全称，不要写成系统版本号" />
          <SimilarWhileTyping projectId={projectId} fields={["name", "class"]} />
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
          <MaintainedSystems
            inventory={inventory}
            nature={fields.nature.value}
            projectClass={fields.class.value}
            name={fields.maintained.name}
            chosen={fields.maintained.initialValue}
            error={fields.maintained.errors}
          />
          <TextArea
            {...wired(fields.basis)}
            label="立项依据"
            required
            hint="政策文件、领导批示或会议纪要的名称和文号；属应急、特急的请注明"
          />
          <Columns>
            <Select
              {...wired(fields.shortcut)}
              label="申报程序"
              placeholder="一般程序"
              hint="一般程序须报可行性研究报告；另外两种须写明依据并上传依据文件"
              options={optionsOf(SHORTCUTS)}
            />
            <TextArea
              {...wired(fields.shortcutBasis)}
              label="简易程序依据"
              hint="一般程序不用填；写规划、批示的名称和文号"
              rows={2}
            />
          </Columns>
          <Columns count={3}>
            <TextInput {...wired(fields.leaderName)} label="项目负责人" required autoComplete="off" />
            <TextInput {...wired(fields.liaisonName)} label="联络员" required autoComplete="off" />
            <TextInput {...wired(fields.liaisonPhone)} label="联络电话" required inputMode="tel" autoComplete="off" />
          </Columns>
          <Columns>
            <TextArea {...wired(fields.leads)} label="共同牵头单位" hint="每行一个单位，写全称" rows={3} />
            <TextArea
              {...wired(fields.partners)}
              label="配合单位"
              hint="每行一个单位，可写“各镇（街）政府”一类的统称；写全称的单位可邀请其填报分部分"
              rows={3}
            />
          </Columns>
        </Fields>
        {actions}
      </Section>
    </form>
  );
}
