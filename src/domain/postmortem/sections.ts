import type { Block } from '../text.ts';
import type { Context } from './context.ts';
import { actionsSection, measuresSection } from './section-actions.ts';
import { analysisSection } from './section-analysis.ts';
import { causesSection, triggerSection } from './section-causes.ts';
import { communicationSection } from './section-communication.ts';
import { detectionSection, investigationSection } from './section-detection.ts';
import { headerSection } from './section-header.ts';
import { impactSection } from './section-impact.ts';
import { lessonsSection } from './section-lessons.ts';
import { metricsSection } from './section-metrics.ts';
import { outcomeSection } from './section-outcome.ts';
import {
  durationSection,
  happenedSection,
  postsSection,
  preventionSection,
  resolvedSection,
  whySection,
} from './section-public.ts';
import { questionsSection } from './section-questions.ts';
import { findingsSection, momentsSection, registerSection } from './section-register.ts';
import { resolutionSection, responseSection } from './section-response.ts';
import { summarySection } from './section-summary.ts';
import { timelineSection } from './section-timeline.ts';

/** One part of a draft: its heading and what it is made of. */
export interface Section {
  readonly heading: string;
  readonly write: (context: Context) => readonly Block[];
  /** Whether it may be read outside: only what is typed for it, without names and internals. */
  readonly outward?: true;
}

/** Every section there is. To add one, write its file and add a row. */
export const SECTIONS = {
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
  // Parts of the analysis and the response by themselves.
  causes: { heading: 'Causes', write: causesSection },
  trigger: { heading: 'Trigger', write: triggerSection },
  detection: { heading: 'Detection', write: detectionSection },
  investigation: { heading: 'How the cause was found', write: investigationSection },
  resolution: { heading: 'Resolution', write: resolutionSection },
  outcome: { heading: 'Outcome', write: outcomeSection },
  measures: { heading: 'Measures', write: measuresSection },
  lessons: { heading: 'Lessons learned', write: lessonsSection },
  // One line per incident, then one line per field.
  register: { heading: 'Register', write: registerSection },
  moments: { heading: 'Milestones', write: momentsSection },
  findings: { heading: 'Findings', write: findingsSection },
  // For readers outside, as questions and answers.
  'what-happened': { heading: 'What happened?', write: happenedSection, outward: true },
  why: { heading: 'Why did this happen?', write: whySection, outward: true },
  duration: {
    heading: 'What was the incident’s duration?',
    write: durationSection,
    outward: true,
  },
  resolved: { heading: 'Is the incident resolved?', write: resolvedSection, outward: true },
  prevention: {
    heading: 'What will prevent further similar incidents?',
    write: preventionSection,
    outward: true,
  },
  posts: { heading: 'What was posted, and when?', write: postsSection, outward: true },
} as const satisfies Readonly<Record<string, Section>>;

export type SectionId = keyof typeof SECTIONS;

export const isSectionId = (word: string): word is SectionId => Object.hasOwn(SECTIONS, word);

/** Whether what it says may be read outside. */
export const isOutward = (id: SectionId): boolean => 'outward' in SECTIONS[id];
