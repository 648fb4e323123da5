/** Where one begins: the leads; an administrator of an office that is not set up yet with the first start. */
import { Navigate } from 'react-router';
import type { Me } from '../../../server/api/messages';
import { Loading } from '../parts/states';
import { isWanted } from './first-start/steps';
import { useFirstStart } from './first-start/use-first-start';

export function Home({ me }: { readonly me: Me }) {
  const isAsked = me.role === 'administrator' && me.id !== undefined;
  const { data, isPending } = useFirstStart(isAsked);
  if (isAsked && isPending) return <Loading />;
  return <Navigate to={isAsked && data !== undefined && isWanted(data) ? '/first-start' : '/leads'} replace />;
}
