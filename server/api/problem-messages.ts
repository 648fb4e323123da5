/** How the REST interface says no, as types for the web pages too: problem details (RFC 9457), their kinds and statuses. */

/** RFC 9457. `type` is `/problems/<kind>`; switch on `kind`. */
export interface Problem {
  readonly type: string;
  readonly kind: ProblemKind;
  readonly title: string;
  readonly status: number;
  /** One sentence for a person. */
  readonly detail?: string;
  /** What is wrong with which field, where the input was at fault. `field` is a path like `route.userId`. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** With 429 and 503: try again after so many seconds. */
  readonly retryAfterS?: number;
  /** Names this request in the log, with 500. */
  readonly request?: string;
}
export type ProblemKind =
  | 'malformed-json' // 400
  | 'malformed-request' // 400
  | 'not-logged-in' // 401
  | 'wrong-credentials' // 401
  | 'not-allowed' // 403: a whole area
  | 'wrong-origin' // 403
  | 'password-change-required' // 403: only POST /api/me/password is open
  | 'log-in-not-allowed-here' // 403: the address is outside the ranges of the role
  | 'not-found' // 404
  | 'switched-off' // 404: an administrator has switched the feature off
  | 'taken' // 409: `errors` names the field
  | 'in-use' // 409
  | 'conflict' // 409: cannot be done as things stand
  | 'too-large' // 413
  | 'unsupported-media-type' // 415
  | 'range-not-satisfiable' // 416
  | 'invalid' // 422: `errors` names the fields
  | 'not-available' // 422: not in this version
  | 'too-many-attempts' // 429
  | 'internal-error' // 500
  | 'overloaded' // 503
  | 'not-ready'; // 503
