/**
 * Short numbers of the public network by country: emergency numbers, which always go out first (DESIGN section 4), and
 * other short numbers that no extension may take. Sources: EU directive 2018/1972 article 109 (112 everywhere in the EU);
 * the numbering plans of the countries.
 */
interface ShortNumbers {
  readonly emergency: readonly string[];
  readonly other: readonly string[];
}

/** 112 reaches help in every GSM network (3GPP TS 22.101 section 10.1.1). */
const everywhere = '112';

const byCountry: Readonly<Record<string, ShortNumbers>> = {
  AT: { emergency: ['122', '133', '144'], other: ['140', '141', '147'] },
  BR: { emergency: ['190', '192', '193'], other: ['188'] },
  CA: { emergency: ['911'], other: ['211', '311', '411', '511', '611', '711', '811', '988'] },
  CH: { emergency: ['117', '118', '144'], other: ['143', '145', '147'] },
  CZ: { emergency: ['150', '155', '156', '158'], other: [] },
  DE: { emergency: ['110'], other: ['115', '116', '116116', '116117'] },
  ES: { emergency: ['061', '062', '080', '091', '092'], other: [] },
  FR: { emergency: ['15', '17', '18', '114'], other: ['115', '119'] },
  GB: { emergency: ['999'], other: ['101', '111'] },
  HU: { emergency: ['104', '105', '107'], other: [] },
  IE: { emergency: ['999'], other: [] },
  IT: { emergency: ['113', '115', '118'], other: ['114', '117'] },
  KR: { emergency: ['112', '119'], other: ['110', '120'] },
  PL: {
    emergency: ['997', '998', '999'],
    other: ['984', '985', '986', '987', '991', '992', '993', '994', '995', '996'],
  },
  PT: { emergency: ['115'], other: ['144'] },
  RO: { emergency: [], other: ['119'] },
  SK: { emergency: ['150', '155', '158'], other: ['159'] },
  TH: { emergency: ['191', '199', '1669'], other: ['1155'] },
  UA: { emergency: ['101', '102', '103'], other: ['104'] },
  US: { emergency: ['911'], other: ['211', '311', '411', '511', '611', '711', '811', '988'] },
};

export function isEmergencyNumber(dialled: string, country: string): boolean {
  return dialled === everywhere || (byCountry[country]?.emergency.includes(dialled) ?? false);
}

/** Emergency and other short numbers: never an extension, never a subscriber's number. */
export function isShortNumber(dialled: string, country: string): boolean {
  return isEmergencyNumber(dialled, country) || (byCountry[country]?.other.includes(dialled) ?? false);
}
