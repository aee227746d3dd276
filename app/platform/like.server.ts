/** The LIKE pattern of texts that begin with what somebody typed; its wildcards are letters here. */
export const startsWith = (text: string): string => `${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** The LIKE pattern of texts that contain what somebody typed. */
export const contains = (text: string): string => `%${startsWith(text)}`;
