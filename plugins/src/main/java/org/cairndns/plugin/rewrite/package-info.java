/**
 * The {@code rewrite} directive: questions changed on their way in, responses changed back on their way out.
 *
 * <pre>
 *   Query --Rule, Rule--> changed Query --next--> Response --ResponseDraft, rules last to first--> Response
 * </pre>
 */
package org.cairndns.plugin.rewrite;
