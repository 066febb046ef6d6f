import type { CreateClient } from "./variants/client.ts";

/** The variants that send, in the order in which they are shown. */
export const variantNames = ["official", "acs-sms", "acs-sms, no list", "acs-sms/undici", "floor"] as const;

export type VariantName = (typeof variantNames)[number];

/** Each is loaded by nobody but its own child process. */
const variants: Record<VariantName, () => Promise<CreateClient>> = {
  official: async () => (await import("./variants/official.ts")).createOfficial,
  "acs-sms": async () => (await import("./variants/acs-sms.ts")).createAcsSms,
  "acs-sms, no list": async () => (await import("./variants/acs-sms.ts")).createUnsuppressed,
  "acs-sms/undici": async () => (await import("./variants/acs-sms-undici.ts")).createOnUndici,
  floor: async () => (await import("./variants/floor.ts")).createFloor,
};

export async function loadVariant(name: string): Promise<CreateClient> {
  if (!isVariant(name)) throw new Error(`There is no variant "${name}".`);
  return variants[name]();
}

function isVariant(name: string): name is VariantName {
  return Object.hasOwn(variants, name);
}
