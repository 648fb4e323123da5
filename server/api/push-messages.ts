/**
 * What a browser is told while its page is closed, as types: the server writes it, the service worker shows it. Its words are in
 * the person's language already, because a service worker that was just woken has no catalogue.
 */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** A later message with the same tag takes the place of this one on the screen. */
  readonly tag: string;
  /** Where a click leads: a path of the pages. */
  readonly path: string;
  /** A button, and where it leads. */
  readonly answer?: { readonly title: string; readonly path: string };
  /** It stays until it is clicked or replaced, and is heard. */
  readonly rings: boolean;
}
