/** Which way a call would go, asked of the router without ringing anybody. */
import { useMutation } from '@tanstack/react-query';
import type { ExplainedStep } from '../../../call-router/features/explain-route';
import { post } from './request';

export interface CallAsked {
  readonly numberId: string;
  /** ISO 8601; left out: now. */
  readonly at?: string;
  readonly caller?: string;
  /** What is pressed in each menu. */
  readonly digits?: readonly string[];
}

export const useExplain = () =>
  useMutation({
    mutationFn: ({ numberId, ...asked }: CallAsked) =>
      post<{ readonly items: readonly ExplainedStep[] }>(`/api/numbers/${encodeURIComponent(numberId)}/explain`, asked),
  });
