import type { Transaction } from "@db/client";
import { domainEvents, expertOpinions, expertPanels, expertProfiles } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { ExpertVerdict } from "~/kernel/vocabulary";
import { addWorkdays, workdaysBetween } from "~/kernel/work-calendar";
import { CRITERIA_OF, proposedVerdict } from "~/modules/experts/index";
import type { RuleFigures } from "~/platform/figures.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { EXPERT_FACTS } from "./expert-facts";
import { insertAll } from "./insert";
import type { CityProject } from "./projects";

type PanelRow = typeof expertPanels.$inferInsert;
type OpinionRow = typeof expertOpinions.$inferInsert;

/** Who judged a project, who had to avoid, and what came of it. */
interface PanelFacts {
  readonly project: string;
  readonly questions: string;
  readonly members: readonly (readonly [username: string, verdict: ExpertVerdict, opinion: string])[];
  /** declared a tie; the last member took the seat */
  readonly avoids?: readonly [username: string, reason: string];
  readonly summary: string;
}

const PANELS: readonly PanelFacts[] = [
  {
    project: "人才库与人才服务专窗",
    questions: "人才库与省人才系统如何分工？补贴核验所需数据能否通过共享取得？",
    members: [
      ["expert", "agree", "需求清楚，模块划分合理。建议人才认定结果直接取自省系统，不另建认定流程。"],
      ["expert4", "agreeWithChanges", "专窗终端单价偏高，宜按近两年同类采购价核减；其余测算依据充分。"],
      ["expert10", "agree", "目录完整，学历、社保数据均可共享取得，同意立项。"],
    ],
    avoids: ["expert3", "本人参与过该项目建设方案的前期咨询。"],
    summary:
      "专家组认为建设必要、方案可行，同意立项。终端设备单价在资金评估时参照近两年同类采购价核定；人才认定结果取自省系统。",
  },
  {
    project: "市场监管数据分析平台",
    questions: "各条线数据能否按期汇聚？风险模型的建设规模是否与投资相当？",
    members: [
      [
        "expert",
        "agreeWithChanges",
        "首期宜先做特种设备和投诉举报两个专题，风险模型数量压减到十个以内，成熟一个上线一个。",
      ],
      ["expert2", "agreeWithChanges", "涉企敏感数据较多，应补充数据分级和脱敏方案，测评费用单列。"],
      ["expert5", "agree", "部署在政务云，资源测算合理，同意立项。"],
      ["expert6", "disagree", "与省智慧监管平台的专题分析重复度较高，建议暂缓。"],
      ["expert10", "agreeWithChanges", "须先与公安、统计部门落实数据供需，再启动采购。"],
    ],
    summary:
      "多数专家同意修改后立项：压减首期专题和模型数量，补充数据分级与脱敏方案，落实数据供需后再启动采购；与省平台重复的功能不再建设。",
  },
  {
    project: "政府智慧决策平台",
    questions: "指标体系从何而来，能否由现有业务系统自动取数？",
    members: [
      ["expert", "agree", "指标由政务图谱和各业务系统自动取数，不增加填报，思路正确。"],
      ["expert3", "agree", "数据来源清楚，建议先上线经济运行和民生两个主题。"],
      ["expert9", "agreeWithChanges", "须补充密码应用方案，身份鉴别和重要数据存储采用商用密码。"],
    ],
    summary: "专家组同意立项。密码应用方案在初步设计阶段补齐并通过评审。",
  },
];

const REMARKS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  necessity: ["依据充分，问题真实存在", "上级有明确要求，现有系统不能满足"],
  feasibility: ["技术路线成熟，进度安排稳妥", "方案可行，实施团队力量须加强"],
  money: ["测算依据清楚，个别单价偏高", "投资规模与建设内容相当"],
  dataSharing: ["目录完整，共享方式明确", "应共享的数据已列入目录"],
  security: ["等保定级准确，措施基本到位", "密码应用方案须在设计阶段细化"],
};

/** Working days that a panel needs between the form check and the bureau's decision. */
const NEEDED = 3;

/** The register of experts, and the panels that judged projects before they were passed. */
export async function writeExperts(
  tx: Transaction,
  city: City,
  figures: RuleFigures,
  list: readonly CityProject[],
): Promise<void> {
  await insertAll(
    tx,
    expertProfiles,
    EXPERT_FACTS.map(({ username, specialty, employer, title }) => ({
      userId: city.person(username).id,
      regionId: city.regionId,
      specialty,
      employer,
      title,
    })),
  );
  const built = PANELS.map((facts) => judged(city, figures, facts, list));
  await insertAll(
    tx,
    expertPanels,
    built.map(({ panel }) => panel),
  );
  await insertAll(
    tx,
    expertOpinions,
    built.flatMap(({ opinions }) => opinions),
  );
  await insertAll(
    tx,
    domainEvents,
    built.flatMap(({ events }) => events),
  );
}

function judged(city: City, figures: RuleFigures, facts: PanelFacts, list: readonly CityProject[]) {
  const project = list.find(({ row }) => row.name === facts.project);
  const passed = project?.moments.findLast(({ event }) => event === "pass");
  const checked = project?.moments.findLast(({ event }) => event === "passFormCheck");
  if (!project || !passed || !checked) throw new Error(`${facts.project} was not passed after a form check`);
  const between = workdaysBetween(city.calendar, checked.on, passed.on);
  if (between < NEEDED) throw new Error(`${facts.project} leaves ${between} working days for its panel`);

  const { id: projectId, regionId } = project.row;
  const { project: name } = facts;
  const after = (workdays: number): LocalDate => addWorkdays(city.calendar, checked.on, workdays);
  const moment = (day: LocalDate, ...words: string[]) => officeHours(day, "panel", facts.project, ...words);
  const convenedAt = moment(after(1), "convene");
  const panelId = demoId("panel", facts.project, convenedAt);
  const bureau = checked.actor;
  const verdicts = facts.members.map(([, verdict]) => verdict);
  const concludedAt = new Date(passed.at.getTime() - 3_600_000);
  const panel: PanelRow = {
    id: panelId,
    projectId,
    regionId,
    state: "concluded",
    questions: facts.questions,
    convenedBy: bureau.id,
    convenedAt,
    dueOn: addWorkdays(city.calendar, after(1), figures.number("expert.opinionWorkdays")),
    proposedVerdict: proposedVerdict(verdicts) ?? null,
    verdict: proposedVerdict(verdicts) ?? null,
    summary: facts.summary,
    concludedBy: bureau.id,
    concludedAt,
    version: facts.avoids ? 3 : 2,
  };
  const seat = (username: string, invitedAt: Date) => ({
    id: demoId("opinion", `${facts.project} ${username}`, invitedAt),
    panelId,
    projectId,
    regionId,
    expertId: city.person(username).id,
    invitedAt,
  });
  const avoidedAt = moment(after(1), "z", "avoid");
  const avoided: OpinionRow[] = facts.avoids
    ? [
        {
          ...seat(facts.avoids[0], convenedAt),
          avoids: true,
          avoidReason: facts.avoids[1],
          declaredAt: avoidedAt,
          version: 2,
        },
      ]
    : [];
  const opinions = facts.members.map(([username, verdict, opinion], index): OpinionRow => {
    const replaces = index === facts.members.length - 1 ? avoided[0] : undefined;
    const given = moment(after(2), username);
    return {
      ...seat(username, replaces ? avoidedAt : convenedAt),
      avoids: false,
      declaredAt: moment(after(2), "a", username) < given ? moment(after(2), "a", username) : given,
      marks: marksFor(facts.project, username, verdict),
      verdict,
      opinion,
      givenAt: given,
      replacesId: replaces?.id ?? null,
      version: 3,
    };
  });
  const subject = { type: "project", id: projectId };
  const events: EventRow[] = [
    eventRow(bureau, {
      type: "expertPanelConvened",
      subject,
      at: convenedAt,
      payload: { name, panelId, experts: facts.members.length, dueOn: panel.dueOn },
    }),
    ...opinions.map(({ id, givenAt }, index) =>
      eventRow(city.person(facts.members[index]?.[0] ?? ""), {
        type: "expertOpinionGiven",
        subject: { type: "expertOpinion", id },
        at: givenAt ?? convenedAt,
        payload: { name, projectId, panelId },
      }),
    ),
    eventRow(bureau, {
      type: "expertPanelConcluded",
      subject,
      at: concludedAt,
      payload: { name, panelId, verdict: panel.verdict, proposedVerdict: panel.proposedVerdict },
    }),
  ];
  return { panel, opinions: [...avoided, ...opinions], events };
}

/** Marks that go with the verdict. */
function marksFor(project: string, username: string, verdict: ExpertVerdict) {
  const { between, pick } = chance("marks", project, username);
  const [low, high] = { agree: [4, 5], agreeWithChanges: [3, 5], disagree: [2, 3] }[verdict] as [number, number];
  return Object.fromEntries(
    CRITERIA_OF.approval.map((criterion) => [
      criterion,
      { mark: String(between(low, high)), remark: pick(REMARKS[criterion] ?? ["同意"]) },
    ]),
  );
}
