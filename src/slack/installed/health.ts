import type { InstallationFacts } from '../../domain/doctor/index.ts';
import { DAY, type Instant } from '../../domain/instant.ts';
import type { KeptInstallation } from '../../installation.ts';

/** What is wrong with an installation; null for nothing. */
function wrong({ id, name, untokened, refreshFault }: KeptInstallation): InstallationFacts | null {
  if (untokened !== null) return { id, name, problem: untokened, why: null };
  return refreshFault === null ? null : { id, name, problem: 'not refreshed', why: refreshFault };
}

const WORDS: Readonly<Record<InstallationFacts['problem'], string>> = {
  removed: 'has removed Muster, and its tokens are wiped',
  sealed: 'has tokens that no key in ENCRYPTION_KEY opens',
  'not refreshed': 'has a token that Slack does not refresh',
};

/** That somebody has left is news for a day; that somebody cannot be served stays a trouble. */
const isTrouble = (
  { untokened, refreshFault, removedAt }: KeptInstallation,
  now: Instant,
): boolean =>
  untokened === 'sealed' || refreshFault !== null || (removedAt !== null && now - removedAt < DAY);

/** What is wrong with installations: with the one of this id, or with any. */
export const factsOf = (
  all: readonly KeptInstallation[],
  id: string | null,
  now: Instant,
): readonly InstallationFacts[] =>
  all
    .filter((one) => (id === null || one.id === id) && isTrouble(one, now))
    .flatMap((one) => wrong(one) ?? []);

/** How Slack is, for readiness: who can be served, and who cannot. */
export function healthOf(
  all: readonly KeptInstallation[],
  installUrl: string,
  now: Instant,
): { readonly state: 'ok' | 'degraded'; readonly note: string } {
  const nobody = all.every(({ tokens }) => tokens === null)
    ? [`no workspace is served: open ${installUrl}`]
    : [];
  const notes = all
    .flatMap((one) => wrong(one) ?? [])
    .map(({ id, problem }) => `${id} ${WORDS[problem]}`);
  const troubled = nobody.length > 0 || all.some((one) => isTrouble(one, now));
  return { state: troubled ? 'degraded' : 'ok', note: [...nobody, ...notes].join('; ') };
}
