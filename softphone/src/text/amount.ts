/** An amount of money as people read it. The API keeps it as text like 1250.50, without a currency. */
import { locale } from './text';

export function shownAmount(amount: string): string {
  const digits = Math.min(4, amount.split('.')[1]?.replace(/0+$/, '').length ?? 0);
  const shown = digits === 0 ? 0 : Math.max(2, digits);
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: shown, maximumFractionDigits: shown }).format(
    Number(amount),
  );
}
