import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { ROBOT_BRANDS } from "~/kernel/vocabulary";
import { Columns, ErrorSummary, FormActions, Section, Select, TextInput, type Option } from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

type Field = "name" | "brand" | "unitId" | "url" | "secret";

interface RobotFormProps {
  readonly title: string;
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<Field, string>>;
  /** of a robot that is there already: what is secret stays unless it is typed anew */
  readonly kept?: { readonly version: number; readonly host: string; readonly signed: boolean };
  readonly units: readonly Option[];
  readonly actions: ReactNode;
}

/** A robot of a chat group. Address and secret can be written, never read. */
export function RobotForm({ title, reply, defaults, kept, units, actions }: RobotFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply, defaultValue: defaults });
  return (
    <form method="post" autoComplete="off" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {kept && <input type="hidden" name="version" value={kept.version} />}
      <Section title={title} id="edit">
        <div className="max-w-3xl space-y-4">
          <Columns>
            <TextInput {...wired(fields.name)} label="机器人名称" required maxLength={40} hint="写明是哪个群" />
            <Select {...wired(fields.brand)} label="平台" required options={optionsOf(ROBOT_BRANDS)} />
          </Columns>
          <Select
            {...wired(fields.unitId)}
            label="所属单位"
            placeholder="全地区（数据局的群）"
            hint="单位的群收到本单位的提醒和催报；全地区的群收到全部催报"
            options={units}
          />
          <TextInput
            {...wired(fields.url)}
            defaultValue=""
            label="Webhook 地址"
            required={!kept}
            maxLength={1000}
            hint={
              kept
                ? `已保存（主机 ${kept.host}），不再显示；不改请留空`
                : "从群机器人的设置页复制，以 https:// 开头；主机须在出站白名单内，保存后不再显示"
            }
          />
          <TextInput
            {...wired(fields.secret)}
            defaultValue=""
            type="password"
            autoComplete="new-password"
            label="加签密钥"
            maxLength={200}
            hint={
              kept?.signed ? "已保存，不再显示；不改请留空" : "钉钉机器人“加签”以 SEC 开头的一串；企业微信机器人不用填"
            }
          />
        </div>
        <FormActions>{actions}</FormActions>
      </Section>
    </form>
  );
}
