import type { Zone } from '../instant.ts';

/** One thing an abbreviation can mean: an offset in minutes, and where it is used. */
export interface Meaning {
  readonly offset: number;
  /** Named in the refusal and used for the season; the others only recognise a reporter. */
  readonly homes: readonly [Zone, ...Zone[]];
}

/** What an abbreviation stands for; see `reference/time-input.md`, "Zone abbreviations". */
export type Abbreviation =
  /** Always this offset, in practice unambiguous. */
  | { readonly type: 'fixed'; readonly offset: number }
  /** Whatever the clocks of this zone show that day. */
  | { readonly type: 'seasonal'; readonly zone: Zone }
  /** This offset, but only while the home zone is on it. */
  | { readonly type: 'in season'; readonly offset: number; readonly home: Zone }
  /** Several places use it: the reporter's zone decides. */
  | { readonly type: 'shared'; readonly meanings: readonly Meaning[] };

const fixed = (hours: number): Abbreviation => ({ type: 'fixed', offset: hours * 60 });
const seasonal = (zone: Zone): Abbreviation => ({ type: 'seasonal', zone });
const inSeason = (hours: number, home: Zone): Abbreviation => ({
  type: 'in season',
  offset: hours * 60,
  home,
});
const shared = (
  ...meanings: readonly (readonly [number, readonly [Zone, ...Zone[]]])[]
): Abbreviation => ({
  type: 'shared',
  meanings: meanings.map(([hours, homes]) => ({ offset: hours * 60, homes })),
});

/** Every abbreviation that is understood. Anything else is refused rather than guessed. */
export const ABBREVIATIONS: ReadonlyMap<string, Abbreviation> = new Map([
  ['UTC', fixed(0)],
  ['Z', fixed(0)],
  ['GMT', fixed(0)],
  ['WET', fixed(0)],
  ['WEST', fixed(1)],
  ['CET', fixed(1)],
  ['CEST', fixed(2)],
  ['EET', fixed(2)],
  ['EEST', fixed(3)],
  ['MSK', fixed(3)],
  ['WAT', fixed(1)],
  ['CAT', fixed(2)],
  ['SAST', fixed(2)],
  ['EAT', fixed(3)],
  ['PKT', fixed(5)],
  ['NPT', fixed(5.75)],
  ['HKT', fixed(8)],
  ['SGT', fixed(8)],
  ['JST', fixed(9)],
  ['KST', fixed(9)],
  ['NZST', fixed(12)],
  ['NZDT', fixed(13)],
  ['ET', seasonal('America/New_York')],
  ['CT', seasonal('America/Chicago')],
  ['MT', seasonal('America/Denver')],
  ['PT', seasonal('America/Los_Angeles')],
  ['AET', seasonal('Australia/Sydney')],
  ['EST', inSeason(-5, 'America/New_York')],
  ['EDT', inSeason(-4, 'America/New_York')],
  ['CDT', inSeason(-5, 'America/Chicago')],
  ['MDT', inSeason(-6, 'America/Denver')],
  ['PDT', inSeason(-7, 'America/Los_Angeles')],
  ['AEST', inSeason(10, 'Australia/Sydney')],
  ['AEDT', inSeason(11, 'Australia/Sydney')],
  ['IST', shared([5.5, ['Asia/Kolkata']], [2, ['Asia/Jerusalem']], [1, ['Europe/Dublin']])],
  ['CST', shared([-6, ['America/Chicago']], [8, ['Asia/Shanghai']], [-5, ['America/Havana']])],
  ['BST', shared([1, ['Europe/London']], [6, ['Asia/Dhaka']], [11, ['Pacific/Bougainville']])],
  ['PST', shared([-8, ['America/Los_Angeles']], [8, ['Asia/Manila']])],
  [
    'MST',
    shared(
      [-7, ['America/Denver', 'America/Phoenix']],
      [8, ['Asia/Kuala_Lumpur', 'Asia/Kuching']],
      [6.5, ['Asia/Yangon']],
    ),
  ],
  ['AST', shared([-4, ['America/Halifax']], [3, ['Asia/Riyadh', 'Asia/Kuwait', 'Asia/Baghdad']])],
  ['GST', shared([4, ['Asia/Dubai', 'Asia/Muscat']], [-2, ['Atlantic/South_Georgia']])],
  ['SST', shared([-11, ['Pacific/Pago_Pago', 'Pacific/Midway']], [8, ['Asia/Singapore']])],
]);

/** `US Eastern`, `Pacific Time`: the seasonal zones by name. */
export const US_REGIONS: ReadonlyMap<string, Zone> = new Map([
  ['EASTERN', 'America/New_York'],
  ['CENTRAL', 'America/Chicago'],
  ['MOUNTAIN', 'America/Denver'],
  ['PACIFIC', 'America/Los_Angeles'],
]);

/** Names in use where ICU's English has only `GMT+3`: by zone, then by offset in hours. */
export const LOCAL_NAMES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['Asia/Kolkata', { '5.5': 'IST' }],
  ['Europe/Dublin', { '0': 'GMT', '1': 'IST' }],
  ['Asia/Jerusalem', { '2': 'IST', '3': 'IDT' }],
  ['Asia/Tokyo', { '9': 'JST' }],
  ['Asia/Seoul', { '9': 'KST' }],
  ['Asia/Shanghai', { '8': 'CST' }],
  ['Asia/Taipei', { '8': 'CST' }],
  ['Asia/Hong_Kong', { '8': 'HKT' }],
  ['Asia/Singapore', { '8': 'SGT' }],
  ['Asia/Kuala_Lumpur', { '8': 'MYT' }],
  ['Asia/Manila', { '8': 'PST' }],
  ['Asia/Jakarta', { '7': 'WIB' }],
  ['Asia/Bangkok Asia/Ho_Chi_Minh', { '7': 'ICT' }],
  ['Asia/Yangon', { '6.5': 'MMT' }],
  ['Asia/Dhaka', { '6': 'BST' }],
  ['Asia/Karachi', { '5': 'PKT' }],
  ['Asia/Kathmandu', { '5.75': 'NPT' }],
  ['Asia/Dubai Asia/Muscat', { '4': 'GST' }],
  ['Asia/Riyadh Asia/Kuwait Asia/Baghdad Asia/Qatar Asia/Bahrain', { '3': 'AST' }],
  ['Europe/Moscow', { '3': 'MSK', '4': 'MSD' }],
  ['Europe/Istanbul', { '3': 'TRT' }],
  [
    'Africa/Nairobi Africa/Kampala Africa/Dar_es_Salaam Africa/Addis_Ababa Africa/Mogadishu Africa/Djibouti',
    { '3': 'EAT' },
  ],
  ['Africa/Johannesburg Africa/Maseru Africa/Mbabane', { '2': 'SAST' }],
  [
    'Africa/Maputo Africa/Lusaka Africa/Harare Africa/Kigali Africa/Gaborone Africa/Lubumbashi Africa/Khartoum Africa/Windhoek Africa/Blantyre Africa/Bujumbura',
    { '2': 'CAT' },
  ],
  [
    'Africa/Lagos Africa/Kinshasa Africa/Luanda Africa/Douala Africa/Libreville Africa/Ndjamena Africa/Niamey',
    { '1': 'WAT' },
  ],
  ['Africa/Cairo', { '2': 'EET', '3': 'EEST' }],
  ['Africa/Accra Africa/Abidjan Africa/Dakar Atlantic/Reykjavik', { '0': 'GMT' }],
  ['America/Havana', { '-5': 'CST', '-4': 'CDT' }],
  ['America/Sao_Paulo', { '-3': 'BRT', '-2': 'BRST' }],
  ['America/Argentina/Buenos_Aires', { '-3': 'ART' }],
  ['America/St_Johns', { '-3.5': 'NST', '-2.5': 'NDT' }],
  ['Atlantic/South_Georgia', { '-2': 'GST' }],
  ['Pacific/Pago_Pago Pacific/Midway', { '-11': 'SST' }],
  ['Pacific/Bougainville', { '11': 'BST' }],
  ['Pacific/Guam', { '10': 'ChST' }],
];

/** City names people use that are not the name of a zone, or that ICU lists in an older spelling. */
export const CITIES: readonly (readonly [Zone, string])[] = [
  ['Asia/Kolkata', 'kolkata,mumbai,delhi,new delhi,bangalore,bengaluru,chennai,hyderabad,pune'],
  ['America/Los_Angeles', 'san francisco,seattle,san diego,portland'],
  ['America/New_York', 'boston,washington,philadelphia,miami,atlanta'],
  ['America/Chicago', 'austin,dallas,houston'],
  ['America/Argentina/Buenos_Aires', 'buenos aires'],
  ['Asia/Shanghai', 'beijing,shenzhen,guangzhou'],
  ['Asia/Ho_Chi_Minh', 'ho chi minh,ho chi minh city,hanoi'],
  ['Asia/Jerusalem', 'tel aviv'],
  ['Asia/Kathmandu', 'kathmandu'],
  ['Asia/Yangon', 'yangon'],
  ['Asia/Tokyo', 'osaka'],
  ['Asia/Dubai', 'abu dhabi'],
  ['Africa/Johannesburg', 'cape town'],
  ['Australia/Sydney', 'canberra'],
  ['Europe/Amsterdam', 'rotterdam,utrecht,the hague'],
  ['Europe/Berlin', 'munich,frankfurt,hamburg,cologne'],
  ['Europe/Zurich', 'geneva'],
  ['Europe/London', 'edinburgh,manchester'],
  ['Europe/Kyiv', 'kyiv'],
  ['Europe/Rome', 'milan'],
  ['Europe/Madrid', 'barcelona'],
];
