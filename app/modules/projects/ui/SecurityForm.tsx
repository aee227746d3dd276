import { getFormProps, useForm } from "@conform-to/react";

import { HOSTINGS } from "~/kernel/vocabulary";
import { Columns, ErrorSummary, Fields, RadioGroup, Section, Select, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { securityValues } from "../filing.form-values";
import { HOSTING_EXEMPTIONS } from "../hosting.rules";
import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";

const LEVELS = [1, 2, 3, 4, 5].map((level) => ({ value: String(level), label: `第 ${level} 级` }));

/** Where the system will stand and how it is protected. */
export function SecurityForm({ filing, version, opened, reply, actions }: SectionFormProps) {
  const [form, fields] = useForm<ReturnType<typeof securityValues>>({
    lastResult: reply,
    defaultValue: securityValues(filing),
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <VersionInputs version={version} opened={opened} />
      <Section title="云与安全">
        <Fields>
          <RadioGroup
            {...wired(fields.secret)}
            label="是否涉密"
            required
            inline
            options={[
              { value: "no", label: "非涉密" },
              { value: "yes", label: "涉密" },
            ]}
          />
          <Columns>
            <Select
              {...wired(fields.mlpsLevel)}
              label="网络安全等级保护级别"
              required
              placeholder="请选择"
              options={LEVELS}
            />
            <TextInput
              {...wired(fields.mlpsFilingNumber)}
              label="等级保护备案号"
              hint="升级改造、运维二级及以上系统必填"
            />
          </Columns>
          <Columns>
            <Select
              {...wired(fields.hosting)}
              label="部署方式"
              required
              placeholder="请选择"
              hint="默认部署在政务云"
              options={optionsOf(HOSTINGS)}
            />
            <Select
              {...wired(fields.exemption)}
              label="不上政务云的理由"
              placeholder="部署在政务云的不用选"
              hint="只能从豁免清单中选择"
              options={optionsOf(HOSTING_EXEMPTIONS)}
            />
          </Columns>
          <TextArea
            {...wired(fields.cryptoPlan)}
            label="密码应用方案"
            hint="三级及以上系统必填：算法、产品、密评安排"
          />
        </Fields>
        {actions}
      </Section>
    </form>
  );
}
