// Paths of numbers ("forces.isis.raqqa.2016-01-01") in words.
import type { Story } from "./data";
import { capital, day } from "./format";

const words = (id: string): string => id.replaceAll("_", " ");

/** Numbers whose key says too little, or a unit in letters. */
const kNames: Record<string, string> = { reach_km: "distance from which it gathers men (km)", raid_range_km: "how far it raids across open desert (km)", road_km: "length (km)", speed_km_per_day: "speed of its columns (km per day)" };
/** What a number is called, by its key: "kill rate". */
export const number_words = (key: string): string => kNames[key] ?? words(key);
const place_name = (id: string, story: Story): string => story.data.places.find((p) => p.id === id)?.name ?? words(id);

/** Who or what a number belongs to: ids joined by points, "*" for everywhere. */
export function owner_words(of: string, story: Story): string {
  return of.split(".").map((id) => {
    const known = story.data.places.some((p) => p.id === id) ? place_name(id, story) : id === "*" ? "everywhere" : story.who(id);
    return capital(known);
  }).join(", ");
}

/** "Road Homs to Palmyra" */
export const road_words = (a: string, b: string, story: Story): string => `Road ${place_name(a, story)} to ${place_name(b, story)}`;

/** "Islamic State at Raqqa, strength on 1 January 2016". An unknown table keeps its path. */
export function path_words(path: string, story: Story): string {
  const [table, a = "", b = "", c = ""] = path.split(".");
  const actor = (id: string): string => story.who(id);
  const place = (id: string): string => place_name(id, story);
  const when = /^\d{4}-\d\d-\d\d$/.test(c) ? ` on ${day(c)}` : "";
  switch (table) {
    case "forces": return `${capital(actor(a))}${b === "all" ? ": whole strength" : ` at ${place(b)}: strength`}${when}`;
    case "support": return `${capital(actor(a))}: support ${b === "all" ? "elsewhere" : `at ${place(b)}`}${when}`;
    case "actors": return `${capital(actor(a))}: ${number_words(b)}`;
    case "commands": return `${story.command_name(a)}: ${number_words(b)}`;
    case "places": return `${place(a)}: ${b === "control" ? "holder on the first day" : words(b)}`;
    case "links": return `${road_words(a, b, story)}: ${number_words(c)}`;
    case "ties": return `${capital(actor(a))} towards ${actor(b)}: ${words(c)}`;
    case "sponsors": return `${capital(actor(a))} from ${b.split("_").map((word) => (word === "and" ? word : capital(word))).join(" ")}: ${words(c)}`;
    case "interventions": return `Intervention ${words(a)}: ${words(b)}`;
    case "scenario": return capital(path.split(".").slice(1).filter((x) => x !== "laws").map(words).join(", "));
    default: return path;
  }
}
