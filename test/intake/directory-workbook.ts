import { deflateRawSync } from 'node:zlib';

/** An entry of a zip; what the zip says of it can be made to differ from what it is. */
export interface Entry {
  readonly name: string;
  readonly text: string | Buffer;
  readonly claims?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip by hand, so that it can be wrong in ways in which no library writes one. */
export function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, text, claims, flags = 0, method = 8 } of entries) {
    const data = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(data) : data;
    const common = Buffer.alloc(26);
    [20, flags, method].forEach((value, index) => common.writeUInt16LE(value, index * 2));
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook around the XML of its sheets' rows. Style 1 is a Chinese date (built-in format 31). */
export const workbookParts = (sheets: Readonly<Record<string, string>>): Entry[] => {
  const names = Object.keys(sheets);
  return [
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns="${spreadsheet}" xmlns:r="${relations}"><sheets>${names
        .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
        .map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
        .join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      text: `<styleSheet xmlns="${spreadsheet}"><cellXfs><xf numFmtId="0"/><xf numFmtId="31" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...Object.values(sheets).map((rows, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      text: `<worksheet xmlns="${spreadsheet}"><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ];
};

/** Rows of a sheet: text, a day as a number of style 1, or XML for a cell of which `$` is the name. */
export const rowsXml = (rows: readonly (readonly (string | number | { xml: string })[])[]): string =>
  rows
    .map((cells, row) => {
      const xml = cells.map((cell, column) => {
        const name = `${String.fromCharCode(65 + column)}${row + 1}`;
        if (typeof cell === 'object') return cell.xml.replaceAll('$', name);
        if (typeof cell === 'number') return `<c r="${name}" s="1"><v>${cell}</v></c>`;
        return cell === '' ? `<c r="${name}"/>` : `<c r="${name}" t="inlineStr"><is><t>${cell}</t></is></c>`;
      });
      return `<row r="${row + 1}">${xml.join('')}</row>`;
    })
    .join('');
