import type { Entry } from './entry.ts';
import type { IncidentRecord } from './record.ts';
import { inOrder } from './timeline-order.ts';

const PER_PAGE = 15;

/** What of an entry says whether and where the timeline tells it. */
export interface Place extends Pick<Entry, 'no' | 'at' | 'after'> {
  readonly struck: boolean;
  /** A finding is told on the timeline only when it has a time. */
  readonly finding: boolean;
}

/** Which page is meant, 1 the newest; `all` shows struck entries too. */
export interface AskedPage {
  readonly all: boolean;
  readonly page: number;
}

/** The numbers of one page's entries, in the order in which they are told. */
export interface PageOfNumbers {
  readonly numbers: readonly number[];
  /** How many entries there are on all pages. */
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

/** One page with its entries, and with what they are told by. */
export interface TimelineLines
  extends Omit<PageOfNumbers, 'numbers'>,
    Pick<IncidentRecord, 'incident' | 'asOf' | 'people'> {
  readonly lines: readonly Entry[];
}

/** Turns to a page; one that is not there is the nearest that is. */
export function pageOf(places: readonly Place[], { all, page }: AskedPage): PageOfNumbers {
  const shown = inOrder(places).filter(({ struck, finding, at }) =>
    struck ? all : !finding || at !== null,
  );
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const here = Math.min(Math.max(1, page), pages);
  const end = shown.length - (here - 1) * PER_PAGE;
  const numbers = shown.slice(Math.max(0, end - PER_PAGE), end).map(({ no }) => no);
  return { numbers, count: shown.length, page: here, pages };
}
