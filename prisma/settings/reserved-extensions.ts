/**
 * Numbers that no extension may take (DESIGN section 4): emergency and short public numbers of the country, and codes that are
 * plain digits. Sources: EU directive 2018/1972 article 109 (112 everywhere in the EU); the numbering plans of the countries.
 */
const everywhere = ['112'];
/** The plain-digit feature code: intercept a call ringing in my group. */
const codes = ['40'];

const byCountry: Readonly<Record<string, readonly string[]>> = {
  CZ: ['150', '155', '156', '158'],
  SK: ['150', '155', '158', '159'],
  DE: ['110', '115', '116'],
  AT: ['122', '133', '140', '141', '144', '147'],
  CH: ['117', '118', '143', '144', '145', '147'],
  PL: ['984', '985', '986', '987', '991', '992', '993', '994', '995', '996', '997', '998', '999'],
  HU: ['104', '105', '107'],
  GB: ['101', '111', '999'],
  IE: ['999'],
  FR: ['15', '17', '18', '114', '115', '119'],
  ES: ['061', '062', '080', '091', '092'],
  IT: ['113', '114', '115', '117', '118'],
  US: ['211', '311', '411', '511', '611', '711', '811', '911', '988'],
  CA: ['211', '311', '411', '511', '611', '711', '811', '911', '988'],
  UA: ['101', '102', '103', '104'],
};

export function isReservedExtension(extension: string, country: string): boolean {
  return [...everywhere, ...codes, ...(byCountry[country] ?? [])].includes(extension);
}

/** 2 to 6 digits, the first 1–9. */
export const isExtension = (text: string): boolean => /^[1-9]\d{1,5}$/.test(text);
