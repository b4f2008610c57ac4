// A device as people call it, from what its browser calls itself.

const PROGRAMS: [RegExp, string][] = [
  [/\bEdg\w*\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Macintosh/, "Mac"],
  [/Linux|X11/, "Linux"],
];

const named = (table: [RegExp, string][], agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

/** Empty when it says nothing; what is no browser is shown by the name it gave itself. */
export function deviceName(agent: string): string {
  const program = named(PROGRAMS, agent);
  if (!program) return agent.split(/[ /]/, 1)[0] ?? "";
  const system = named(SYSTEMS, agent);
  return system ? `${program}, ${system}` : program;
}
