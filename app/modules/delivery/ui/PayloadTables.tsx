import {
  HOSTINGS,
  OWNERSHIPS,
  RESOURCE_STATES,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
} from "~/kernel/vocabulary";
import { DataTable, EmptyState, Section } from "~/ui";

import type { DeliveryPayload } from "../payload";

/** What the platform is told, to be read: the systems, and the resources with their items. */
export function PayloadTables({ payload: { project, systems, resources } }: { payload: DeliveryPayload }) {
  const credit = project.unitCreditCode ? `（${project.unitCreditCode}）` : "";
  return (
    <>
      <Section title="交付的系统" note={`${project.unitName}${credit} · ${project.acceptedOn} 终验`} flush>
        <DataTable
          caption="交付的系统"
          rows={systems}
          rowKey={(row) => row.code}
          empty={<EmptyState title="没有系统" explanation="该项目没有建成须登记的信息系统。" />}
          columns={[
            { key: "name", title: "系统名称", primary: true, render: (row) => row.name },
            { key: "code", title: "系统编号", nowrap: true, render: (row) => row.code },
            { key: "ownership", title: "建设方式", nowrap: true, render: (row) => OWNERSHIPS[row.ownership] },
            { key: "level", title: "等保级别", nowrap: true, render: (row) => row.mlpsLevel && `${row.mlpsLevel} 级` },
            { key: "hosting", title: "部署", nowrap: true, render: (row) => HOSTINGS[row.hosting] },
            { key: "on", title: "登记日期", nowrap: true, render: (row) => row.registeredOn },
          ]}
        />
      </Section>
      <Section title="交付的数据资源" note={`${resources.length} 个`} flush>
        <DataTable
          caption="交付的数据资源"
          rows={resources}
          rowKey={(row) => row.code}
          empty={<EmptyState title="没有数据资源" explanation="该项目没有已发布的数据资源。" />}
          columns={[
            {
              key: "name",
              title: "资源名称",
              primary: true,
              render: (row) => (
                <div>
                  {row.name}
                  <details className="mt-0.5 font-normal">
                    <summary className="cursor-pointer text-[0.8125rem] text-primary">
                      信息项 {row.items.length} 个
                    </summary>
                    <p className="text-[0.8125rem] text-secondary">
                      {row.items.map((item) => `${item.name}（${item.dataType}）`).join("、")}
                    </p>
                  </details>
                </div>
              ),
            },
            { key: "code", title: "资源代码", nowrap: true, render: (row) => row.code },
            { key: "state", title: "状态", nowrap: true, render: (row) => RESOURCE_STATES[row.state] },
            { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
            { key: "method", title: "方式", nowrap: true, render: (row) => row.method && SHARING_METHODS[row.method] },
            {
              key: "cycle",
              title: "更新周期",
              nowrap: true,
              wideOnly: true,
              render: (row) => UPDATE_CYCLES[row.updateCycle],
            },
            {
              key: "connection",
              title: "挂接",
              render: (row) => row.connection && <span className="break-all">{row.connection.address}</span>,
            },
          ]}
        />
      </Section>
    </>
  );
}
