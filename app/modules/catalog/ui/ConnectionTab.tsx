import { SHARING_METHODS, type ResourceState, type SharingMethod, type SharingType } from "~/kernel/vocabulary";
import { DataTable, EmptyState, Notice, RadioGroup, Section, StatusTag, SubmitButton, TextArea, TextInput } from "~/ui";

import { CONNECTION_STANDINGS, connectionStanding, type ConnectionStanding } from "../connection/connection.rules";
import { ADDRESS_WORDS, connectionTone } from "../connection/connection.words";
import { StepForm, type StepReply } from "./StepForm";

export interface ConnectionTabProps {
  readonly resource: {
    readonly version: number;
    readonly state: ResourceState;
    readonly sharingType: SharingType;
    readonly method: SharingMethod | null;
    readonly interfaceAttachedOn: string | null;
  };
  /** addresses are for the own unit and the bureau */
  readonly seesAddress: boolean;
  readonly connections: readonly {
    readonly id: string;
    readonly method: SharingMethod;
    readonly address: string;
    readonly connectedOn: string;
    readonly connectorName: string | null;
    readonly testResult: "passed" | "failed" | null;
    readonly testRemark: string;
    readonly testedOn: string | null;
    readonly testerName: string | null;
    readonly removedOn: string | null;
  }[];
  readonly standing: ConnectionStanding;
  readonly wasConnector: boolean;
  readonly connects: boolean;
  readonly tests: boolean;
  readonly reply: StepReply | undefined;
}

/** How a resource is attached to the exchange: now and before, and what can be done about it. */
export function ConnectionTab(props: ConnectionTabProps) {
  const { resource, seesAddress, connections, standing, connects, tests, wasConnector, reply } = props;
  const { version, method } = resource;
  if (resource.sharingType === "none" || method === null) {
    return (
      <Section title="挂接">
        <EmptyState title="不予共享的资源不用挂接" explanation="共享类型修订为无条件或有条件共享后再挂接。" />
      </Section>
    );
  }
  if (!seesAddress) {
    return (
      <Section title="挂接">
        <p>
          {resource.interfaceAttachedOn
            ? `${resource.interfaceAttachedOn} 挂接到共享交换平台；申请使用并获同意后由提供单位提供访问地址。`
            : "尚未挂接到共享交换平台。"}
        </p>
      </Section>
    );
  }
  const open = resource.state === "registered" || resource.state === "published";
  const current = connections.find(({ removedOn }) => removedOn === null);
  const mayTest = tests && (standing === "untested" || standing === "failed");
  return (
    <>
      {standing === "failed" && (
        <Notice tone="bad" title={`${current?.testedOn ?? ""} 测试未通过`}>
          {current?.testRemark}
          {connects && "。改好后可请数据局重新测试，或更换挂接地址。"}
        </Notice>
      )}
      {mayTest && (
        <Section title="测试共享" note={`${SHARING_METHODS[method]} · ${current?.address ?? ""}`}>
          {wasConnector ? (
            <p className="text-secondary">本人办理的挂接由另一位同事测试。</p>
          ) : (
            <TestForm key={version} version={version} reply={reply} />
          )}
        </Section>
      )}
      {connects && open && (
        <Section title={current ? "更换挂接" : "挂接到共享交换平台"} note={`共享方式：${SHARING_METHODS[method]}`}>
          <ConnectForm key={version} version={version} method={method} replaces={current !== undefined} reply={reply} />
          {current && (
            <div className="mt-4 border-t border-line pt-3">
              <StepForm
                intent="disconnect"
                label="解除挂接"
                version={version}
                asks="解除原因"
                variant="danger"
                reply={reply}
              />
            </div>
          )}
        </Section>
      )}
      <Section
        title="挂接记录"
        flush
        note={<StatusTag tone={connectionTone(standing)}>{CONNECTION_STANDINGS[standing]}</StatusTag>}
      >
        <DataTable
          caption="挂接记录"
          rows={connections}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有挂接" explanation="单位填报人挂接后，由数据局测试。" />}
          columns={[
            {
              key: "address",
              title: "挂接地址",
              primary: true,
              render: (row) => <span className="break-all">{row.address}</span>,
            },
            { key: "method", title: "方式", nowrap: true, render: (row) => SHARING_METHODS[row.method] },
            { key: "on", title: "挂接日期", nowrap: true, render: (row) => row.connectedOn },
            { key: "by", title: "挂接人", nowrap: true, render: (row) => row.connectorName },
            {
              key: "test",
              title: "测试",
              nowrap: true,
              render: (row) => {
                const of = connectionStanding(row);
                return (
                  <StatusTag tone={connectionTone(of)}>{of === "passed" ? "通过" : CONNECTION_STANDINGS[of]}</StatusTag>
                );
              },
            },
            {
              key: "tested",
              title: "测试情况",
              render: (row) => [row.testedOn, row.testerName, row.testRemark].filter(Boolean).join(" "),
            },
            { key: "until", title: "解除日期", nowrap: true, render: (row) => row.removedOn },
          ]}
        />
      </Section>
    </>
  );
}

/** What was typed into the form that was refused, and what was wrong with it. */
function fieldsOf(reply: StepReply | undefined, intent: string) {
  const mine = reply?.initialValue?.["intent"] === intent ? reply : undefined;
  return (name: string) => {
    const value = mine?.initialValue?.[name];
    return { name, defaultValue: typeof value === "string" ? value : "", error: [...(mine?.error?.[name] ?? [])] };
  };
}

function ConnectForm({
  version,
  method,
  replaces,
  reply,
}: {
  version: number;
  method: SharingMethod;
  replaces: boolean;
  reply: StepReply | undefined;
}) {
  const field = fieldsOf(reply, "connect");
  const { label, hint } = ADDRESS_WORDS[method];
  return (
    <form method="post" className="max-w-2xl space-y-3">
      <input type="hidden" name="version" value={version} />
      <TextInput {...field("address")} label={label} hint={hint} required maxLength={500} />
      {replaces && <TextInput {...field("reason")} id="connect-reason" label="更换原因" required maxLength={300} />}
      <SubmitButton variant={replaces ? "secondary" : "primary"} name="intent" value="connect" pendingLabel="正在挂接…">
        {replaces ? "更换挂接" : "挂接"}
      </SubmitButton>
    </form>
  );
}

function TestForm({ version, reply }: { version: number; reply: StepReply | undefined }) {
  const field = fieldsOf(reply, "test");
  return (
    <form method="post" className="max-w-2xl space-y-3">
      <input type="hidden" name="version" value={version} />
      <RadioGroup
        {...field("result")}
        label="测试结果"
        required
        inline
        options={[
          { value: "passed", label: "通过" },
          { value: "failed", label: "未通过" },
        ]}
      />
      <TextArea {...field("remark")} label="测试情况" hint="未通过的须写明问题" rows={2} maxLength={500} />
      <SubmitButton name="intent" value="test" pendingLabel="正在登记…">
        登记测试结果
      </SubmitButton>
    </form>
  );
}
