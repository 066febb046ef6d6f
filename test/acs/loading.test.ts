import { afterEach, describe, expect, it, vi } from "vitest";

import { loadCountries } from "../../src/phone-numbers/country-of.js";
import { person, rejection, sender, testClient, text } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

/** As where a process has too many files open. */
function unloadable(): never {
  throw new Error("too many open files");
}

describe("what is loaded when it is first needed", () => {
  afterEach(() => {
    vi.doUnmock("../../src/acs/channel.js");
    vi.doUnmock("libphonenumber-js/min");
  });

  it("is loaded by the next send where it could not be", async () => {
    vi.doMock("../../src/acs/channel.js", unloadable);
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server);
    const request = { from: sender, to: [person], message: text };
    expect((await rejection(sms.send(request))).results).toMatchObject([{ status: "unsent" }]);

    vi.doUnmock("../../src/acs/channel.js");
    expect(await sms.send(request)).toMatchObject([{ status: "accepted" }]);
  });

  it("is loaded by the next who asks for countries", async () => {
    vi.doMock("libphonenumber-js/min", unloadable);
    await rejection(loadCountries());

    vi.doUnmock("libphonenumber-js/min");
    const countryOf = await loadCountries();
    expect(countryOf(person)).toBe("US");
  });
});
