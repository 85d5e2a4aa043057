// Verifies deliveries as a receiver would: one JSON document a line, with the secrets, headers and body. Prints how many.
// Each must be right by one of the secrets at least, and wrong once a character of the body is another.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

const isRight = (secret, body, headers) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

let verified = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  const { secrets, headers, body } = JSON.parse(line);
  if (!secrets.some((secret) => isRight(secret, body, headers))) throw new Error(`not verified: ${headers["webhook-id"]}`);
  if (secrets.some((secret) => isRight(secret, body + " ", headers))) throw new Error(`verified though changed: ${headers["webhook-id"]}`);
  if (Buffer.byteLength(body) >= 20_000) throw new Error(`too large: ${headers["webhook-id"]}`);
  verified++;
}
console.log(`${verified} verified`);
