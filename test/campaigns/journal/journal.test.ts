import { afterAll, describe, it } from "vitest";

import { testBatches } from "./conformance/batches.js";
import { testConcurrency } from "./conformance/concurrency.js";
import { testItems } from "./conformance/items.js";
import { testPages } from "./conformance/pages.js";
import { testRuns } from "./conformance/runs.js";
import { testIn } from "./conformance/support.js";
import { testTexts } from "./conformance/texts.js";
import { journalKinds, releaseServices } from "./journal-kinds.js";

afterAll(releaseServices);

for (const kind of journalKinds) {
  describe.skipIf(!kind.isThere)(`a journal in ${kind.name}`, () => {
    const test = testIn(kind, it);
    for (const tests of [testRuns, testItems, testBatches, testPages, testTexts, testConcurrency])
      tests(test);
  });
}
