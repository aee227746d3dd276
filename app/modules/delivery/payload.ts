import type {
  FormatClass,
  Hosting,
  ItemDataType,
  Ownership,
  ResourceState,
  SharingMethod,
  SharingType,
  UpdateCycle,
} from "~/kernel/vocabulary";

/**
 * What the catalog platform is told of an accepted project, and the body of the request: all of its systems and of its
 * resources that were ever published, as they are at that moment. The platform takes it for the whole: what a later
 * delivery no longer names is no longer there.
 */
export interface DeliveryPayload {
  readonly project: {
    readonly code: string;
    readonly name: string;
    readonly unitName: string;
    /** 统一社会信用代码 */
    readonly unitCreditCode: string | null;
    readonly acceptedOn: string;
  };
  readonly systems: readonly DeliveredSystem[];
  readonly resources: readonly DeliveredResource[];
}

export interface DeliveredSystem {
  readonly code: string;
  readonly name: string;
  readonly ownership: Ownership;
  readonly mlpsLevel: number | null;
  readonly hosting: Hosting;
  readonly registeredOn: string;
  readonly retiredOn: string | null;
}

export interface DeliveredResource {
  readonly code: string;
  readonly name: string;
  readonly categoryCode: string;
  readonly summary: string;
  readonly formatClass: FormatClass;
  readonly formatType: string;
  readonly sharingType: SharingType;
  readonly legalBasis: string | null;
  readonly conditions: string | null;
  readonly method: SharingMethod | null;
  readonly openToPublic: boolean;
  readonly openConditions: string | null;
  readonly updateCycle: UpdateCycle;
  readonly state: ResourceState;
  readonly edition: number;
  readonly publishedOn: string | null;
  /** how it is attached to the exchange; null while it is not */
  readonly connection: {
    readonly method: SharingMethod;
    readonly address: string;
    readonly connectedOn: string;
    readonly testedOn: string | null;
  } | null;
  readonly items: readonly DeliveredItem[];
}

export interface DeliveredItem {
  readonly name: string;
  readonly dataType: ItemDataType;
  readonly length: number | null;
  readonly required: boolean;
  readonly isKey: boolean;
}
