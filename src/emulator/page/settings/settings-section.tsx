import { ClockPanel } from "./clock-panel.js";
import { Connection } from "./connection.js";
import { EventFaultsForm } from "./event-faults-form.js";
import { RequestFaultsForm } from "./request-faults-form.js";
import { Reset } from "./reset.js";
import { Senders } from "./senders.js";

/** What the emulator is, and what can be set. */
export function SettingsSection() {
  return (
    <>
      <h2 class="hidden">Settings</h2>
      <Connection />
      <Senders />
      <div class="column">
        <ClockPanel />
        <Reset />
      </div>
      <RequestFaultsForm />
      <EventFaultsForm />
    </>
  );
}
