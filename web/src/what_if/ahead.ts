// While a report is read and the machine rests, its engine is started and runs the first pairs of the war as it is: who then changes
// something does not wait for that.
import type { Report } from "../report";
import type { State } from "../state";
import { unturned } from "./data";
import { drop_engine, start_engine } from "./engine";
import { begins_with, question_of } from "./question";
import { kFirstPairs } from "./shares";

/** Instances that are started: what the first answer needs, and no more memory or warmth of a phone. */
const kInstances = 2;
/** How long a choice of the reader stands before something is run for it. */
const kRestMs = 400;

/** What browsers say of a reader who wants to spare data or the battery; not all of them do. */
interface DataSaver { connection?: { saveData?: boolean } }
const is_sparing = (): boolean => (navigator as DataSaver).connection?.saveData === true || window.matchMedia("(prefers-reduced-data: reduce)").matches;

/** Calls back when the page has nothing to do; where the browser does not tell that, soon. */
const when_idle = (then: () => void): void => { if ("requestIdleCallback" in window) window.requestIdleCallback(then); else setTimeout(then, kRestMs); };

/** Starts the engine of a report that is drawn, and lets go of it while the report is hidden. */
export function keep_ready(report: Report, state: State): void {
  if (is_sparing()) return;
  let timer: number | undefined, prepared: string | undefined;
  const prepare = (): void => {
    const account = begins_with(report, state);
    if (state.over.aborted || document.hidden || account === prepared) return;
    prepared = account;
    const question = question_of({ ...unturned(), account }, account, unturned(), report.settings ?? [], kFirstPairs);
    start_engine(report.package, kInstances).then((engine) => { engine.prepare(question); }, () => undefined);  // who asks is told
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => when_idle(prepare), kRestMs);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      prepared = undefined;
      drop_engine();
    } else later();
  }, { signal: state.over });
  state.follow(() => { if (begins_with(report, state) !== prepared) later(); });
}
