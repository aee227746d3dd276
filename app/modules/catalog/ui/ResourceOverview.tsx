import {
  FORMAT_CLASSES,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type FormatClass,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import { DescriptionList, LightTag, Section } from "~/ui";

import { FRESHNESS, type Freshness } from "../freshness.rules";
import { freshnessLight } from "../resource-words";

export interface ResourceOverviewProps {
  readonly resource: {
    readonly summary: string;
    readonly formatClass: FormatClass;
    readonly formatType: string;
    readonly sharingType: SharingType;
    readonly method: SharingMethod | null;
    readonly legalBasis: string | null;
    readonly conditions: string | null;
    readonly openToPublic: boolean;
    readonly openConditions: string | null;
    readonly updateCycle: UpdateCycle;
    readonly systemId: string | null;
    readonly projectId: string | null;
    readonly matter: string | null;
    readonly material: string | null;
    readonly publishedOn: string | null;
    readonly lastUpdatedOn: string | null;
    readonly nextUpdateDueOn: string | null;
    readonly collectedOn: string | null;
    readonly interfaceAttachedOn: string | null;
    readonly testSharedOn: string | null;
  };
  readonly creditCode: string | null;
  readonly basicDatabase: string | null;
  readonly systemName: string | null;
  readonly projectName: string | null;
  readonly freshness: Freshness | null;
}

/** What the catalog says of a resource. */
export function ResourceOverview(props: ResourceOverviewProps) {
  const { resource, freshness } = props;
  const format = [FORMAT_CLASSES[resource.formatClass], resource.formatType].filter(Boolean).join(" · ");
  const open = resource.openToPublic ? ["开放", resource.openConditions].filter(Boolean).join("，") : "不开放";
  return (
    <Section title="目录信息">
      <DescriptionList
        columns={2}
        items={[
          { term: "资源摘要", detail: resource.summary, wide: true },
          { term: "单位代码", detail: props.creditCode },
          { term: "资源格式", detail: format },
          { term: "共享类型", detail: SHARING_TYPES[resource.sharingType] },
          { term: "共享方式", detail: resource.method ? SHARING_METHODS[resource.method] : "不适用" },
          ...(resource.legalBasis ? [{ term: "不予共享依据", detail: resource.legalBasis, wide: true }] : []),
          ...(resource.conditions ? [{ term: "共享条件", detail: resource.conditions, wide: true }] : []),
          { term: "向社会开放", detail: open },
          { term: "所属基础库", detail: props.basicDatabase ?? "不属于基础库" },
          {
            term: "来源系统",
            detail: resource.systemId && <a href={`/systems/${resource.systemId}`}>{props.systemName}</a>,
          },
          {
            term: "来源项目",
            detail: resource.projectId && <a href={`/projects/${resource.projectId}`}>{props.projectName}</a>,
          },
          { term: "对应事项", detail: resource.matter },
          { term: "对应材料", detail: resource.material },
          { term: "更新周期", detail: UPDATE_CYCLES[resource.updateCycle] },
          {
            term: "更新情况",
            detail: freshness && <LightTag light={freshnessLight(freshness)} word={FRESHNESS[freshness]} />,
          },
          { term: "最近更新", detail: resource.lastUpdatedOn ?? "尚无更新" },
          { term: "下次更新期限", detail: resource.nextUpdateDueOn },
          { term: "发布日期", detail: resource.publishedOn ?? "尚未发布" },
          { term: "归集日期", detail: resource.collectedOn ?? "尚未归集" },
          { term: "挂接日期", detail: resource.interfaceAttachedOn ?? "尚未挂接" },
          { term: "测试通过日期", detail: resource.testSharedOn ?? "尚未通过" },
        ]}
      />
    </Section>
  );
}
