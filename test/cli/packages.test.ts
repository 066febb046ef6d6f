import { cp, mkdir, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { readJson, root, run as runProgram } from "../../scripts/run.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms, type Ended } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

/** The package as `npx` has it: with its own dependencies, and no database's. */
let installed: Workplace;
/** Somebody's project, elsewhere. */
let project: Workplace;

beforeAll(async () => {
  requireBuild();
  [installed, project] = await Promise.all([workplace(), workplace()]);
  const { dependencies } = readJson(join(root, "package.json"));
  await cp(join(root, "dist"), join(installed.folder, "dist"), { recursive: true });
  await cp(join(root, "package.json"), join(installed.folder, "package.json"));
  for (const name of Object.keys(dependencies)) await install(name, installed);
  return async () => {
    await installed[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  };
});

async function install(name: string, { folder }: Workplace): Promise<void> {
  const path = join(folder, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(root, "node_modules", name), path);
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return acsSms(args, {
    command: join(installed.folder, "dist", "cli", "main.js"),
    cwd: project.folder,
    env,
  });
}

test.skipIf(process.platform === "win32")("it runs by its link, as npm installs it", async () => {
  const link = join(project.folder, "acs-sms");
  await symlink(join(installed.folder, "dist", "cli", "main.js"), link);
  const env = { PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) };
  expect(await runProgram(link, ["segments", "hello"], { env })).toMatchObject({ code: 0 });
});

describe("without database packages", () => {
  test("what needs none works", async () => {
    expect(await run(["segments", "hello"])).toMatchObject({ code: 0 });
    expect(await run(["suppression", "init", "--store", "sqlite:x.db"])).toMatchObject({ code: 0 });
  });

  test.for([
    ["redis", "redis://127.0.0.1:1", "npm install redis"],
    ["pg", "postgres://127.0.0.1:1/test", "npm install pg"],
    ["@azure/data-tables", "azure-tables:OptOuts", "npm install @azure/data-tables"],
  ] as const)("%s is asked for by the line that installs it", async ([name, store, line]) => {
    const env = { AZURE_STORAGE_CONNECTION_STRING: "UseDevelopmentStorage=true" };
    const { code, stdout, stderr } = await run(["suppression", "list", "--store", store], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`needs the package ${name}`);
    expect(stderr).toContain(`\n  ${line}`);
  });

  test("an identity asks for its package", async () => {
    const args = [
      "send",
      "--from",
      "+18005551234",
      "--to",
      "+14255550100",
      "--message",
      "hi",
      "--no-suppression",
    ];
    const { code, stderr } = await run([...args, "--endpoint", "https://contoso.communication.azure.com"]);
    expect(code).toBe(1);
    expect(stderr).toContain("  npm install @azure/identity\n");
  });

  test("a package of the project in which the command is run is found", async () => {
    await install("ioredis", project);
    const { code, stderr } = await run(["suppression", "list", "--store", "redis://127.0.0.1:1"]);
    expect(code).toBe(1);
    expect(stderr).not.toContain("npm install");
    expect(stderr).toContain("ECONNREFUSED");
  });
});
