import { formatOfficialDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";

import type { Topic } from "./achievements.rules";
import type { BulletinFacts } from "./bulletin.types";
import { official, text } from "./paragraph";
import { hasProblems } from "./problems.rules";

/**
 * 四、下一步工作要求: what is due when, who answers for it, whom to call.
 * @source domain.md §10
 */
export function requirements(facts: BulletinFacts): Topic[] {
  const { followUp } = facts;
  const receiver = official(followUp.receivedBy);
  const due = formatOfficialDate(followUp.rectifyBy);
  const rectify = hasProblems(facts)
    ? text`被点名的单位要逐项查明原因、制定整改措施，于${due}前完成整改，并将经分管领导签批的整改情况报${receiver}。逾期未完成整改的，纳入督办并在下期通报。`
    : text`各单位要对照考核指标查漏补缺，巩固工作成效，于${due}前将自查情况报${receiver}。`;
  const topics: Topic[] = [
    { heading: "按期完成整改", paragraph: rectify },
    {
      heading: "压实工作责任",
      paragraph: text`各单位分管领导对本单位项目进度、数据共享和资金执行负总责，联络员负责日常报送；牵头单位要加强统筹，责任单位要主动配合。`,
    },
  ];
  if (followUp.nextReport) {
    const { period, dueOn } = followUp.nextReport;
    topics.push({
      heading: "按时报送月报",
      paragraph: text`${formatPeriod(period)}月报请于${formatOfficialDate(dueOn)}前经分管领导签批后报送。`,
    });
  }
  topics.push({
    heading: "联系方式",
    paragraph: text`${receiver}联系人：${followUp.contactName}，联系电话：${followUp.contactPhone}。`,
  });
  return topics;
}
