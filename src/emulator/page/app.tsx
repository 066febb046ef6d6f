import { effect } from "@preact/signals";
import { EventsSection } from "./events/events-section.js";
import type { Section } from "./hash.js";
import { Header } from "./header/header.js";
import { KeyboardHelp } from "./header/keyboard-help.js";
import { InsightsSection } from "./insights/insights-section.js";
import { PhonesSection } from "./phones/phones-section.js";
import { RequestsSection } from "./requests/requests-section.js";
import { route } from "./route.js";
import { SettingsSection } from "./settings/settings-section.js";
import { isKnown } from "./state.js";
import { unreadTotal } from "./unread.js";

const bodies: Readonly<Record<Section, () => preact.VNode>> = {
  phones: PhonesSection,
  requests: RequestsSection,
  events: EventsSection,
  insights: InsightsSection,
  settings: SettingsSection,
};

effect(() => {
  document.title = unreadTotal.value === 0 ? "acs-sms emulator" : `(${unreadTotal.value}) acs-sms emulator`;
});

/** The whole page. */
export function App() {
  const { section } = route.value;
  const Body = bodies[section];
  return (
    <>
      <Header />
      <main class={section}>
        {isKnown.value ? <Body key={section} /> : <p class="nothing">Connecting…</p>}
      </main>
      <KeyboardHelp />
    </>
  );
}
