// What an integrator writes against the generated types. It is compiled, never run: a contract that lost a type,
// a required member or a status would not compile here.
import type { components, operations, paths } from "./api";

type Problem = components["schemas"]["Problem"];
type ApiKeyPage = components["schemas"]["ApiKeyPage"];
type Body<O extends keyof operations, S extends keyof operations[O]["responses"]> =
  operations[O]["responses"][S] extends { content: { "application/json": infer B } } ? B : never;

const baseUrl = "https://crm.example.com";

async function call<T>(key: string, path: keyof paths & string, init: RequestInit = {}): Promise<T> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const response = await fetch(baseUrl + path, { ...init, headers });
  if (response.ok) return (await response.json()) as T;
  throw new Error(explain((await response.json()) as Problem));
}

function explain(problem: Problem): string {
  const fields = (problem.errors ?? []).map((error) => `${error.pointer}: ${error.detail}`);
  return [`${problem.code} (${problem.trace_id})`, ...fields].join("\n");
}

/** Every name, page by page; `next_cursor` is null on the last one. */
export async function keyNames(key: string): Promise<string[]> {
  const page = await call<ApiKeyPage>(key, "/v1/api_keys");
  const cursor: string | null = page.next_cursor;
  return cursor === null ? page.data.map((row) => row.name) : [];
}

export async function createKey(key: string): Promise<string | null> {
  const request: operations["createApiKey"]["requestBody"]["content"]["application/json"] = {
    name: "Storefront",
    scopes: ["customers:read"],
  };
  const created = await call<Body<"createApiKey", 201>>(key, "/v1/api_keys", { method: "POST", body: JSON.stringify(request) });
  return created.key;
}

// A request without what is required does not compile, nor does one with a member that does not exist.
// @ts-expect-error scopes are missing
export const incomplete: components["schemas"]["CreateApiKeyRequest"] = { name: "Storefront" };
// @ts-expect-error there is no colour
export const unknown: components["schemas"]["CreateApiKeyRequest"] = { name: "Storefront", scopes: [], colour: "red" };
