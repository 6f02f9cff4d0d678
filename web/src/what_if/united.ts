// What if they had united: whose enemies stand together, how, and from which day on.
import type { Story } from "../data";
import { choice, h } from "../dom";
import { capital, day } from "../format";
import { days_after, united_of } from "./data";
import type { DateDial, ChangedWar, UnitedEnemies, WhatIfWar } from "./data";
import { day_slide } from "./dials";

const kNames: Record<string, string> = { truce: "A truce", coordinated: "Coordination", one_command: "One command" };

/** "Enemies of the Islamic State: a truce, from 5 March 2017 on" */
export function united_words(story: Story, united: string): string {
  const asked = united_of({ united });
  return asked ? `Enemies of ${story.side(asked.actor).name}: ${(kNames[asked.way] ?? asked.way).toLowerCase()}${asked.from ? `, from ${day(asked.from)} on` : ""}` : "Enemies as they are";
}

/** Whose enemies, how and from when on; null in a war in which nobody has two. slide: the same of a day while it is dragged. */
export function united_view(war: Pick<WhatIfWar, "united" | "start" | "end">, story: Story, turned: ChangedWar, turn: (united: string) => void, slide: (united: string) => void): HTMLElement | null {
  const { united, start } = war;
  if (united.actors.length === 0) return null;
  const asked = united_of(turned), way = united.ways.find((w) => w.id === asked?.way) ?? united.ways[0], last = days_after(war.end, -1);
  const name = (id: string): string => capital(story.side(id).name);
  const written = (actor: string, how: string, from = asked?.from): string => [actor, how, ...(from && from !== start ? [from] : [])].join(":");
  const select = h("select", { change: () => turn(select.value ? written(select.value, way.id) : "") }, h("option", { value: "" }, "no side: enemies as they are"),
    ...story.actors.filter((a) => united.actors.includes(a.id)).map((a) => h("option", { value: a.id, selected: a.id === asked?.actor }, name(a.id))));
  const from_when = ({ actor, from = start }: UnitedEnemies): HTMLElement => {
    const back = h("button", { type: "button", class: "back", hidden: from === start, "aria-label": "From the first day on", click: () => turn(written(actor, way.id, start)) }, "↺");
    const dial: DateDial = { kind: "date", path: "", table: "", of: "", name: "", unit: "", meaning: "", written: start, basis: [], value: start, low: start, high: last, least: start, greatest: last };
    return h("div", { class: "dial" }, h("label", { for: "united-from" }, "From which day on"),
      day_slide("united-from", "From which day on", dial, from, back, (_, value) => slide(written(actor, way.id, value ?? start)),
        (iso) => (iso === start ? `From the first day on, ${day(iso)}` : `From ${day(iso)} on; until then they stay divided`)));
  };
  return h("fieldset", { class: "statements united" }, h("legend", {}, "What if enemies had united?"),
    h("label", { class: "by-account" }, "In the changed war, the enemies of this side stand together", select),
    ...(asked ? [choice("How they stand together", united.ways.map((w) => [w.id, kNames[w.id] ?? w.id]), way.id, (id) => turn(written(asked.actor, id))),
      h("p", { class: "note" }, `${capital(way.words)}.`), from_when(asked)] : []));
}
