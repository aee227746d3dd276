import type { ReactNode } from "react";

import { PROJECT_STAGES, RESOURCE_STATES, type ProjectStage, type ResourceState } from "~/kernel/vocabulary";
import { DescriptionList, Section } from "~/ui";

interface LinkedProject {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly stage: ProjectStage;
  readonly opens: boolean;
}

export interface SystemLinksProps {
  readonly origin: LinkedProject | null;
  readonly maintained: readonly LinkedProject[];
  readonly resources: readonly {
    readonly id: string;
    readonly code: string | null;
    readonly name: string;
    readonly state: ResourceState;
  }[];
  readonly matters: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

/** What the system came from and what hangs on it. */
export function SystemLinks({ origin, maintained, resources, matters }: SystemLinksProps) {
  return (
    <Section title="关联" id="links">
      <DescriptionList
        columns={1}
        items={[
          { term: "来源项目", detail: origin && <ProjectLink project={origin} /> },
          {
            term: "运维项目",
            detail: listOf(
              maintained.map((project) => [project.id, <ProjectLink key={project.id} project={project} />]),
            ),
          },
          {
            term: "数据资源",
            detail: listOf(
              resources.map(({ id, name, code, state }) => [
                id,
                <span key={id}>
                  <a href={`/catalog/${id}`}>{name}</a>
                  <span className="text-secondary">
                    {" "}
                    {code ?? ""} {RESOURCE_STATES[state]}
                  </span>
                </span>,
              ]),
            ),
          },
          {
            term: "政务事项",
            detail: listOf(
              matters.map(({ id, name, code }) => [
                id,
                <span key={id}>
                  <a href={`/matters/${id}`}>{name}</a> <span className="text-secondary">{code}</span>
                </span>,
              ]),
            ),
          },
        ]}
      />
    </Section>
  );
}

function ProjectLink({ project }: { readonly project: LinkedProject }) {
  const { id, name, code, stage, opens } = project;
  return (
    <span>
      {opens ? <a href={`/projects/${id}`}>{name}</a> : name}{" "}
      <span className="text-secondary">
        {code} {PROJECT_STAGES[stage]}
      </span>
    </span>
  );
}

const listOf = (rows: readonly (readonly [string, ReactNode])[]): ReactNode =>
  rows.length === 0 ? null : (
    <ul className="space-y-0.5">
      {rows.map(([key, row]) => (
        <li key={key}>{row}</li>
      ))}
    </ul>
  );
