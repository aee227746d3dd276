import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

/** How a PostgreSQL program is started: PostgreSQL refuses to run as root, so root hands it to another account. */
export interface Account {
  /** owner that the cluster's files must have; undefined: the current user runs it */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** turns a program call into the call that runs it under this account */
  readonly command: (program: string, args: readonly string[]) => readonly [string, string[]];
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

const PLAIN: Account = { owner: undefined, command: (program, args) => [program, [...args]], identity: {} };

const NEW_ACCOUNT = [
  ["groupadd", "-r", "postgres"],
  ["useradd", "-r", "-g", "postgres", "-d", "/nonexistent", "-s", "/usr/sbin/nologin", "postgres"],
] as const;

/**
 * Chooses the account that runs the cluster: for root the owner of an existing cluster, otherwise the system user
 * `postgres`; for anybody else the current user.
 * @param mustReach files and folders that the account has to reach
 */
export function chooseAccount(cluster: string, mustReach: readonly string[], log: (line: string) => void): Account {
  const me = process.getuid?.();
  const holder = existsSync(cluster) ? statSync(cluster) : undefined;
  if (me !== 0) {
    if (me !== undefined && holder && holder.uid !== me)
      throw new Error(
        `数据目录 ${cluster} 属于另一个系统用户（uid ${holder.uid}），当前用户（uid ${me}）无权使用。请用该用户运行，或用 DATA_DIR 另指定目录。`,
      );
    return PLAIN;
  }

  const { uid, gid } = holder && holder.uid !== 0 ? holder : systemUser();
  const account: Account = { ...PLAIN, owner: { uid, gid }, identity: { uid, gid } };
  const barrier = firstBarrier(account, mustReach);
  if (barrier === undefined) return account;

  for (const capability of ["dac_read_search", "dac_override"]) {
    const elevated = withCapability(uid, gid, capability);
    if (firstBarrier(elevated, mustReach) !== undefined) continue;
    log(
      `上级目录 ${barrier} 不允许系统用户（uid ${uid}）进入，内置 PostgreSQL 以附加的通行权限（${capability}）运行。`,
    );
    return elevated;
  }
  throw new Error(
    `系统用户（uid ${uid}）无法进入 ${barrier}，内置 PostgreSQL 不能以 root 运行，因此无法启动。` +
      `请执行 chmod o+x ${barrier}，或把项目与数据目录（DATA_DIR）移到可进入的位置，或用 DATABASE_URL 指定已有数据库。`,
  );
}

function systemUser(): { uid: number; gid: number } {
  const known = idOf("postgres");
  if (known) return known;
  for (const [program, ...args] of NEW_ACCOUNT) spawnSync(program, args);
  const created = idOf("postgres");
  if (!created)
    throw new Error(
      "内置 PostgreSQL 不能以 root 运行，且无法创建系统用户 postgres：请改用普通用户运行，或用 DATABASE_URL 指定已有数据库。",
    );
  return created;
}

function idOf(name: string): { uid: number; gid: number } | undefined {
  const ask = (flag: string) => {
    const answer = spawnSync("id", [flag, name], { encoding: "utf8" });
    return answer.status === 0 ? Number(answer.stdout) : undefined;
  };
  const uid = ask("-u");
  const gid = ask("-g");
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** Linux lets a process keep one capability across the change of user; it opens closed parent folders (mktemp -d, /root). */
function withCapability(uid: number, gid: number, capability: string): Account {
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const keep = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, "--"];
  return {
    owner: { uid, gid },
    identity: {},
    command: (program, args) => ["setpriv", [...flags, ...keep, program, ...args]],
  };
}

/** The first step on the way that the account cannot pass; tried by really going there, as `access` ignores capabilities. */
function firstBarrier(account: Account, mustReach: readonly string[]): string | undefined {
  const steps = new Set(mustReach.flatMap(ancestry));
  return [...steps].find((step) => {
    if (!existsSync(step)) return false;
    const [program, args] = statSync(step).isDirectory()
      ? account.command("stat", [`${step}/.`])
      : account.command(step, ["--version"]);
    return spawnSync(program, args, { ...account.identity, cwd: "/", stdio: "ignore" }).status !== 0;
  });
}

function ancestry(target: string): string[] {
  const parent = path.dirname(target);
  return parent === target ? [target] : [...ancestry(parent), target];
}
