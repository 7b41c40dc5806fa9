/**
 * The {@code acl} directive: who may ask what.
 *
 * <pre>
 *   lines --AclReader--> AclRule(zones, policies: action, qtypes, AddressRanges)
 *   AclHandler asks the rules in order; what none decides is allowed
 * </pre>
 */
package org.cairndns.plugin.acl;
