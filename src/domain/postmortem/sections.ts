import type { Block } from '../text.ts';
import type { Context } from './context.ts';
import type { SectionId } from './draft.ts';
import { actionsSection } from './section-actions.ts';
import { analysisSection } from './section-analysis.ts';
import { communicationSection } from './section-communication.ts';
import { headerSection } from './section-header.ts';
import { impactSection } from './section-impact.ts';
import { metricsSection } from './section-metrics.ts';
import { questionsSection } from './section-questions.ts';
import { responseSection } from './section-response.ts';
import { summarySection } from './section-summary.ts';
import { timelineSection } from './section-timeline.ts';

/** One part of a draft: its heading and what it is made of. */
export interface Section {
  readonly heading: string;
  readonly write: (context: Context) => readonly Block[];
}

/** Every section there is. To add one, write its file and add a row. */
export const SECTIONS: Readonly<Record<SectionId, Section>> = {
  header: { heading: 'Record', write: headerSection },
  summary: { heading: 'Summary', write: summarySection },
  impact: { heading: 'Impact', write: impactSection },
  timeline: { heading: 'Timeline', write: timelineSection },
  metrics: { heading: 'Metrics', write: metricsSection },
  analysis: { heading: 'Analysis', write: analysisSection },
  response: { heading: 'Response', write: responseSection },
  actions: { heading: 'Action items', write: actionsSection },
  communication: { heading: 'Communication', write: communicationSection },
  questions: { heading: 'Open questions', write: questionsSection },
};

/** Which sections a draft has, in which order. */
export const PRESETS = {
  standard: [
    'header',
    'summary',
    'impact',
    'timeline',
    'metrics',
    'analysis',
    'response',
    'actions',
    'communication',
    'questions',
  ],
} as const satisfies Readonly<Record<string, readonly SectionId[]>>;
