/** Saves what is typed once typing rests, or at once when the field is left or goes away: nothing typed is lost. */
import { after } from '../clock';

const typingRestMs = 1_500;

export class RestingSave {
  private readonly save: (text: string) => void;
  private waiting: string | undefined;
  private stop = (): void => undefined;

  constructor(save: (text: string) => void) {
    this.save = save;
  }

  readonly type = (text: string): void => {
    this.stop();
    this.waiting = text;
    this.stop = after(typingRestMs, this.flush);
  };

  readonly flush = (): void => {
    this.stop();
    const text = this.waiting;
    this.waiting = undefined;
    if (text !== undefined) this.save(text.trim());
  };
}
