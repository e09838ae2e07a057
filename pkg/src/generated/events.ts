// Written by `cargo xtask generate`; edit the tables under src/ instead.

import type { WebhookEvent } from "../verify/event.js";

/**
 * The payload of each known event, by its name. Payloads have grown with every version of the
 * Console: keys that are not listed may be present, and most listed keys may be missing.
 */
export interface PayloadByName {
  /** Project Created. Since Console 10.7.0. */
  readonly project_created: {
    readonly tenantId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly sourceTemplateId?: string | undefined;
    readonly project?: {
      readonly _id?: string | undefined;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly projectId?: string | undefined;
      readonly tenantId?: string | undefined;
      readonly configurationGitPath?: string | undefined;
      readonly defaultBranch?: string | undefined;
      readonly repositoryUrl?: string | undefined;
      readonly repository?: {
        readonly type?: string | undefined;
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      readonly environments?: readonly {
        readonly label?: string | undefined;
        readonly envId?: string | undefined;
        readonly envPrefix?: string | undefined;
        readonly description?: string | undefined;
        readonly isProduction?: boolean | undefined;
        readonly hosts?: readonly {
          readonly host?: string | undefined;
          readonly isBackoffice?: boolean | undefined;
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly cluster?: {
          readonly namespace?: string | undefined;
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly deploy?: {
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly availableNamespaces?: readonly {
        readonly value?: string | undefined;
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      readonly isRepositoryCreated?: boolean | undefined;
      readonly areNamespacesCreated?: readonly {
        readonly namespace?: string | undefined;
        readonly envId?: string | undefined;
        readonly error?: {
          readonly message?: string | undefined;
          readonly errorCode?: string | undefined;
          readonly statusCode?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly message?: string | undefined;
        readonly labels?: Readonly<Record<string, unknown>> | undefined;
        readonly deployServiceAccount?: {
          readonly name?: string | undefined;
          readonly base64CA?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /** Service Created. Since Console 10.7.0. */
  readonly service_created: {
    readonly tenantId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly repositoryURL?: string | undefined;
    readonly serviceName?: string | undefined;
    readonly templateId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** Configuration Saved. Since Console 13.4.0. */
  readonly configuration_saved: {
    readonly tenantId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly revisionName?: string | undefined;
    readonly savedChangesId?: string | undefined;
    readonly previousChangesId?: string | undefined;
    readonly startRef?: {
      readonly name?: string | undefined;
      readonly type?: "revision" | "version" | "branch" | "tag" | (string & {}) | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly author?: {
      readonly id?: string | undefined;
      /** Personal data. */
      readonly name?: string | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /** Tag or Version Created. Since Console 11.4.1. */
  readonly tag_created: {
    readonly tenantId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly tagName?: string | undefined;
    readonly ref?: string | undefined;
    readonly message?: string | undefined;
    readonly releaseDescription?: string | undefined;
    readonly project?: {
      readonly _id?: string | undefined;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly projectId?: string | undefined;
      readonly tenantId?: string | undefined;
      readonly configurationGitPath?: string | undefined;
      readonly defaultBranch?: string | undefined;
      readonly repositoryUrl?: string | undefined;
      readonly repository?: {
        readonly type?: string | undefined;
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      readonly environments?: readonly {
        readonly label?: string | undefined;
        readonly envId?: string | undefined;
        readonly envPrefix?: string | undefined;
        readonly description?: string | undefined;
        readonly isProduction?: boolean | undefined;
        readonly hosts?: readonly {
          readonly host?: string | undefined;
          readonly isBackoffice?: boolean | undefined;
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly cluster?: {
          readonly namespace?: string | undefined;
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly deploy?: {
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly availableNamespaces?: readonly {
        readonly value?: string | undefined;
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      readonly monitoring?: {
        readonly systems?: readonly {
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      readonly containerRegistries?: readonly unknown[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /** Version Deleted. Since Console 14.2.0. */
  readonly tag_deleted: {
    readonly tenantId?: string | undefined;
    readonly projectId?: string | undefined;
    readonly tagName?: string | undefined;
    readonly project?: {
      readonly _id?: string | undefined;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly projectId?: string | undefined;
      readonly tenantId?: string | undefined;
      readonly configurationGitPath?: string | undefined;
      readonly defaultBranch?: string | undefined;
      readonly repositoryUrl?: string | undefined;
      readonly repository?: {
        readonly type?: string | undefined;
        readonly providerId?: string | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      readonly environments?: readonly {
        readonly label?: string | undefined;
        readonly envId?: string | undefined;
        readonly envPrefix?: string | undefined;
        readonly description?: string | undefined;
        readonly isProduction?: boolean | undefined;
        readonly hosts?: readonly {
          readonly host?: string | undefined;
          readonly isBackoffice?: boolean | undefined;
          readonly scheme?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly cluster?: {
          readonly namespace?: string | undefined;
          readonly clusterId?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly deploy?: {
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        } | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly availableNamespaces?: readonly {
        readonly value?: string | undefined;
        readonly label?: string | undefined;
        readonly [key: string]: unknown;
      }[] | undefined;
      readonly imagePullSecretNames?: readonly unknown[] | undefined;
      readonly monitoring?: {
        readonly systems?: readonly {
          readonly type?: string | undefined;
          readonly [key: string]: unknown;
        }[] | undefined;
        readonly [key: string]: unknown;
      } | undefined;
      readonly containerRegistries?: readonly unknown[] | undefined;
      readonly [key: string]: unknown;
    } | undefined;
    readonly [key: string]: unknown;
  };
  /** User added. Since Console 12.3.0. */
  readonly user_added: {
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId: string;
    readonly groupId?: string | undefined;
    readonly resource: {
      readonly companyId: string;
      readonly projectId?: string | undefined;
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User edited. Since Console 12.3.0. */
  readonly user_edited: {
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId: string;
    readonly groupId?: string | undefined;
    readonly resource: {
      readonly companyId: string;
      readonly projectId?: string | undefined;
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User removed. Since Console 12.3.0. */
  readonly user_removed: {
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId?: string | undefined;
    readonly groupId?: string | undefined;
    readonly resource: {
      readonly companyId: string;
      readonly projectId?: string | undefined;
      readonly environmentId?: string | undefined;
      readonly [key: string]: unknown;
    };
    readonly companyId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User added to Company. Another name of `user_added`. */
  readonly company_user_added: {
    readonly companyId: string;
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId: string;
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User Company role edited. Another name of `user_edited`. */
  readonly company_user_edited: {
    readonly companyId: string;
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId: string;
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User removed from Company. Another name of `user_removed`. */
  readonly company_user_removed: {
    readonly companyId: string;
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId?: string | undefined;
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User added to Project. Sent by old Consoles; newer ones send `user_added`. */
  readonly project_user_added: {
    readonly companyId: string;
    readonly projectId: string;
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId: string;
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
  /** User removed from Project. Sent by old Consoles; newer ones send `user_removed`. */
  readonly project_user_removed: {
    readonly companyId: string;
    readonly projectId?: string | undefined;
    readonly userId: string;
    /** Personal data. */
    readonly email: string;
    readonly roleId?: string | undefined;
    readonly groupId?: string | undefined;
    readonly [key: string]: unknown;
  };
}

/** The names of the known events. Others are allowed everywhere. */
export type KnownEventName = keyof PayloadByName;

/** The known events, as a union with `eventName` as its discriminant. */
export type KnownEvent = { [Name in KnownEventName]: WebhookEvent<Name, PayloadByName[Name]> }[KnownEventName];
