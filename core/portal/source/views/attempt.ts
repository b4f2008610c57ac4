// Signing in at a state: each challenge is drawn as it was sent, until the state is connected or refuses.
import { get, post, problemOf, remove } from "../api.ts";
import type { Attempt, Challenge, Field, Jurisdiction, Problem } from "../api_types.ts";
import { el, fill, p, type Child } from "../dom.ts";
import { dayOf, moment } from "../format.ts";
import { announce } from "../live.ts";
import { formView, type Asked, type FormParts } from "../parts/form.ts";
import { officeView } from "../parts/office.ts";
import { alert, problemView } from "../parts/problem.ts";
import { isLetter } from "../parts/waiting.ts";
import { go, linkTo, type View, type Visit } from "../router.ts";
import { t, word } from "../words.ts";
import { startAttempt } from "./connect.ts";

const LOOK_AGAIN_MS = 2000;

export function asked(field: Field, kind: string): Asked {
  return {
    name: field.name,
    type: field.type,
    label: field.label ?? word("field", field.name),
    // A code is good once, and a name is better seen than mistyped.
    secret: field.type === "password" || (field.secret && field.type === "digits" && kind !== "otp"),
    required: true,
    autocomplete: kind === "otp" ? "one-time-code" : "off",
    length_max: field.length_max,
  };
}

/** What the state says, in its own words, told apart from ours. */
function quotation(challenge: Challenge, state: string): HTMLElement | null {
  if (!challenge.upstream_text) return null;
  return el(
    "figure",
    { class: "cb-quote" },
    el("figcaption", {}, t("attempt.says", { state })),
    el("blockquote", { lang: "en" }, challenge.upstream_text),
  );
}

/** Hours and minutes matter for a code that was just sent, and not for a letter. */
function untilText(challenge: Challenge, until: string): string {
  return challenge.kind === "mailed_code"
    ? t("attempt.letter_until", { day: dayOf(until) })
    : t("attempt.until", { when: moment(until) });
}

function introOf(challenge: Challenge, state: string, told: boolean): Child[] {
  return [
    p(challenge.prompt ?? word("challenge", challenge.kind)),
    challenge.destination_hint ? p(t("attempt.sent_to", { place: challenge.destination_hint })) : null,
    quotation(challenge, state),
    challenge.ssn_notice
      ? alert(
          "info",
          t("attempt.ssn_notice"),
          el("p", { lang: challenge.ssn_notice_language ?? "en" }, challenge.ssn_notice),
        )
      : null,
    challenge.attempts_left == null || told
      ? null
      : p(t("problem.attempts_left", { count: challenge.attempts_left })),
    challenge.expires_at ? p(untilText(challenge, challenge.expires_at)) : null,
    challenge.action_url
      ? p(
          el(
            "a",
            { href: challenge.action_url, rel: "noreferrer noopener", class: "usa-link" },
            t("attempt.go_to_state", { state }),
          ),
        )
      : null,
  ];
}

/** One attempt on the screen: redraws itself after every answer. */
class AttemptForm {
  readonly place = el("div", { "data-testid": "attempt" });
  private shown = 0;

  constructor(
    private attempt: Attempt,
    private readonly state: Jurisdiction,
    private readonly signal: AbortSignal,
  ) {
    this.draw(attempt.problem); // of an earlier answer, or of a letter that will not come
  }

  private path(what: "answer" | "resend"): string {
    return `/v1/link-attempts/${this.attempt.id}/challenges/${this.attempt.challenge?.id}/${what}`;
  }

  private draw(problem: Problem | null): void {
    this.shown += 1;
    this.place.setAttribute("data-state", this.attempt.state);
    const challenge = this.attempt.challenge;
    if (this.attempt.state === "succeeded") fill(this.place, ...this.success());
    else if (challenge)
      fill(
        this.place,
        this.form(challenge, problem),
        isLetter(this.attempt) ? p(t("attempt.letter")) : null,
        this.cancelButton(),
        ...(problem ? this.office() : []),
      );
    else if (["verifying", "waiting"].includes(this.attempt.state)) this.wait();
    else fill(this.place, ...this.failure(problem));
  }

  private success(): Child[] {
    announce(t("attempt.done", { state: this.state.name }));
    return [
      alert("success", null, t("attempt.done", { state: this.state.name })),
      p(t("attempt.fetching")),
      linkTo("/", t("attempt.to_overview"), { class: "usa-button", "data-testid": "to-overview" }),
    ];
  }

  private failure(problem: Problem | null): Child[] {
    const why = problem ?? this.attempt.problem;
    return [
      why ? problemView(why) : alert("warning", null, this.end()),
      ...this.office(),
      linkTo(`/connect/${this.state.id}`, t("attempt.again"), { class: "usa-button" }),
    ];
  }

  private end(): string {
    const late = this.attempt.mode === "enrol" && this.attempt.state === "expired";
    return late ? t("attempt.enrol_expired") : word("attempt_state", this.attempt.state);
  }

  private office(): Child[] {
    return [p(t("attempt.office", { state: this.state.name })), officeView(this.state)];
  }

  private form(challenge: Challenge, problem: Problem | null): HTMLElement {
    const risky = problem?.code === "challenge_lockout_risk";
    const parts: FormParts = {
      fields: challenge.fields.map((field) => asked(field, challenge.kind)),
      intro: introOf(challenge, this.state.name, problem?.attempts_left !== undefined),
      actions: [],
      submit: risky
        ? t("attempt.last_try")
        : challenge.fields.length
          ? t("attempt.answer")
          : t("attempt.did_it"),
      problem,
      send: (fields) =>
        this.send(
          this.path("answer"),
          risky
            ? { seq: challenge.seq, fields, confirm_last_attempt: true }
            : { seq: challenge.seq, fields },
        ),
    };
    const form = formView(parts);
    form.setAttribute("data-challenge", challenge.kind);
    if (challenge.resend?.allowed) {
      form.append(this.resendButton(challenge.seq, null));
      for (const way of challenge.resend.channels)
        if (way !== challenge.channel) form.append(this.resendButton(challenge.seq, way));
    }
    return form;
  }

  private resendButton(seq: number, channel: string | null): HTMLElement {
    return el(
      "button",
      {
        type: "button",
        class: "usa-button usa-button--unstyled",
        "data-testid": channel ? `resend-${channel}` : "resend",
        onclick: () =>
          void this.send(this.path("resend"), channel ? { seq, channel } : { seq })
            .then(() => announce(t("attempt.resent")))
            .catch((thrown: unknown) => this.draw(problemOf(thrown))),
      },
      channel ? t("attempt.resend_by", { way: word("code_way", channel) }) : t("attempt.resend"),
    );
  }

  private cancelButton(): HTMLElement {
    return el(
      "button",
      {
        type: "button",
        class: "usa-button usa-button--unstyled",
        "data-testid": "cancel-link",
        onclick: () =>
          void remove(`/v1/link-attempts/${this.attempt.id}`)
            .catch(() => {})
            .then(() => go("/")),
      },
      t("attempt.cancel"),
    );
  }

  private async send(path: string, body: unknown): Promise<void> {
    try {
      this.attempt = await post<Attempt>(path, body);
      this.draw(null);
      this.place.querySelector<HTMLElement>("input, a, button")?.focus();
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code === "step_up_required") {
        return go(`/sign-in?confirm=1&next=${encodeURIComponent(location.pathname)}`);
      }
      if (problem.attempt) this.attempt = problem.attempt;
      else if (problem.code === "challenge_lockout_risk") return this.draw(problem);
      else throw thrown;
      this.draw(problem);
    }
  }

  /** The state takes its time: the gateway is asked again until there is something to do. */
  private wait(): void {
    fill(this.place, alert("info", null, word("attempt_state", this.attempt.state)), this.cancelButton());
    announce(word("attempt_state", this.attempt.state));
    const shown = this.shown;
    setTimeout(() => {
      if (this.signal.aborted || shown !== this.shown) return;
      get<Attempt>(`/v1/link-attempts/${this.attempt.id}`, this.signal)
        .then((attempt) => {
          this.attempt = attempt;
          this.draw(attempt.problem);
        })
        .catch((thrown: unknown) => {
          if (!this.signal.aborted) fill(this.place, problemView(problemOf(thrown)));
        });
    }, LOOK_AGAIN_MS);
  }
}

function titleOf(attempt: Attempt, state: string): string {
  if (attempt.mode === "repair") return t("attempt.title_again", { state });
  return attempt.mode === "enrol" ? t("attempt.title_enrol", { state }) : t("attempt.title", { state });
}

export async function attemptView(visit: Visit): Promise<View> {
  const attempt = await get<Attempt>(`/v1/link-attempts/${visit.params["attempt"]}`, visit.signal);
  const state = await get<Jurisdiction>(`/v1/jurisdictions/${attempt.jurisdiction}`, visit.signal);
  return {
    title: titleOf(attempt, state.name),
    body: [new AttemptForm(attempt, state, visit.signal).place],
  };
}

/** The state asks to sign in again: a new attempt at the same link. */
export const signInAgain = (link: string): Promise<void> =>
  startAttempt({ mode: "repair", link_id: link }, "/");
