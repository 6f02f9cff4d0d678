// Links to everything about one actor or place (views/about.ts).
import type { Side, Story } from "./data";
import { h } from "./dom";

/** A link to everything about an actor; the name alone of what is no actor. */
export function named(story: Story, side: Side): Node {
  return story.has_pages && story.actors.some((a) => a.id === side.id)
    ? h("a", { class: "to-about", href: `#about=actor.${encodeURIComponent(side.id)}` }, side.name) : document.createTextNode(side.name);
}

export const place_link = (place: { id: string; name: string }): HTMLElement =>
  h("a", { class: "to-about", href: `#about=place.${encodeURIComponent(place.id)}` }, place.name);
