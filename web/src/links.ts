// Names as the page shows them: with links to everything about one actor or place (views/about.ts), and of accounts short on paper.
import { kBase } from "./catalogue";
import type { Side, Story } from "./data";
import { h } from "./dom";
import { capital } from "./format";

/** Where the page lists what the observed data rest on. */
export const kObservedId = "observed";
export const kObserved = `#${kObservedId}`;

/** A link to everything about an actor; the name alone of what is no actor. */
export function named(story: Story, side: Side): Node {
  return story.has_pages && story.actors.some((a) => a.id === side.id)
    ? h("a", { class: "to-about", href: `#about=actor.${encodeURIComponent(side.id)}` }, side.name) : document.createTextNode(side.name);
}

export const place_link = (place: { id: string; name: string }): HTMLElement =>
  h("a", { class: "to-about", href: `#about=place.${encodeURIComponent(place.id)}` }, place.name);

/** An account by its title; on paper, where rows are narrow, in few words: its letter and id. */
export function account_label(story: Story, id: string): HTMLElement {
  const letter = story.data.accounts?.find((a) => a.id === id)?.letter, words = capital(id.replaceAll("_", " "));
  return h("span", {}, h("span", { class: "on-screen" }, story.account_name(id)), h("span", { class: "on-paper" }, id === kBase ? "Basic model" : letter ? `${letter}: ${words}` : words));
}
