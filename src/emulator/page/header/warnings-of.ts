import type { FaultState } from "../../journal/changes.js";

/** What is not as in everyday life: faults, and a clock that runs otherwise than others. */
export function warningsOf({ requests, events }: FaultState, speed: number): readonly string[] {
  return [
    ...(isAnyRequestFault(requests) ? ["Request faults on"] : []),
    ...(events.isDown === true ? ["Webhooks down"] : []),
    ...(isAnyEventFault(events) ? ["Event faults on"] : []),
    ...clockWarning(speed),
  ];
}

function isAnyRequestFault(faults: FaultState["requests"]): boolean {
  const { latencyInMs, clockSkewInMs, dropBefore, tooManyRequests, serverError, dropAfter } = faults;
  return [latencyInMs, clockSkewInMs, dropBefore, tooManyRequests, serverError, dropAfter].some(isOn);
}

function isAnyEventFault({ duplicate, reorder, lose, delayInMs }: FaultState["events"]): boolean {
  return [duplicate, reorder, lose, delayInMs].some(isOn);
}

function isOn(fault: FaultState["requests"]["latencyInMs"] | FaultState["requests"]["dropBefore"]): boolean {
  if (fault === undefined) return false;
  if (typeof fault === "number") return fault !== 0;
  return "next" in fault ? fault.next > 0 : fault.most > 0;
}

function clockWarning(speed: number): readonly string[] {
  if (speed === 1) return [];
  return [speed === 0 ? "Clock stopped" : `Clock ${speed}×`];
}
