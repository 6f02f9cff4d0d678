// What if they had united: whose enemies stand together from the first day on, and how.
import type { Story } from "../data";
import { choice, h } from "../dom";
import { capital } from "../format";
import { united_of } from "./data";
import type { Turned, WhatIfWar } from "./data";

const kNames: Record<string, string> = { truce: "A truce", coordinated: "Coordination", one_command: "One command" };

/** "Enemies of the Islamic State: a truce" */
export function united_words(story: Story, united: string): string {
  const asked = united_of({ united });
  return asked ? `Enemies of ${story.side(asked.actor).name}: ${(kNames[asked.way] ?? asked.way).toLowerCase()}` : "Enemies as they are";
}

/** Whose enemies and how; null in a war in which nobody has two. */
export function united_view({ united }: Pick<WhatIfWar, "united">, story: Story, turned: Turned, turn: (united: string) => void): HTMLElement | null {
  if (united.actors.length === 0) return null;
  const asked = united_of(turned), way = united.ways.find((w) => w.id === asked?.way) ?? united.ways[0];
  const name = (id: string): string => capital(story.side(id).name);
  const select = h("select", { change: () => turn(select.value ? `${select.value}:${way.id}` : "") }, h("option", { value: "" }, "no side: enemies as they are"),
    ...story.actors.filter((a) => united.actors.includes(a.id)).map((a) => h("option", { value: a.id, selected: a.id === asked?.actor }, name(a.id))));
  return h("fieldset", { class: "statements united" }, h("legend", {}, "What if enemies had united?"),
    h("label", { class: "by-account" }, "In the changed war, the enemies of this side stand together", select),
    ...(asked ? [choice("How they stand together", united.ways.map((w) => [w.id, kNames[w.id] ?? w.id]), way.id, (id) => turn(`${asked.actor}:${id}`)),
      h("p", { class: "note" }, `${capital(way.words)}, from the first day on. Each way adds to the one before.`)] : []));
}
