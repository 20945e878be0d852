"""A spec that has every kind of resource, written as people write: comments, quotes, several styles."""

from __future__ import annotations

RICH = """\
# The shop's user pools. Ask team-a before you change anything.
serviceName: shop   # also the prefix of every name

resources:
  pool:   # customers
    type: user-auth-pool
    properties:
      allowOnlyAdminsToCreateAccount: false   # open shop
      userVerificationType: email-code
      passwordPolicy:
        # Security review 2024-11
        minimumLength: 14   # was 8
        requireSymbols: true

      mfaConfiguration: { status: 'OPTIONAL', enabledTypes: [SOFTWARE_TOKEN, "SMS"] }  # both
      emailConfiguration:
        sesAddressArn: "arn:aws:ses:eu-west-1:123456789012:identity/shop.example"
        from: Shop <hello@shop.example>
      inviteMessageConfig:
        emailSubject: 'Hello: welcome'
        emailMessage: |
          Dear {username},
            your code is {####}.

          The shop
      userVerificationMessageConfig:
        emailSubjectUsingCode: Your code
      schema:
        - name: tier   # bronze, silver, gold
          mutable: true
          stringMaxLength: 40
        # counts
        - { name: visits, attributeDataType: Number, numberMinValue: 0 }
      accessTokenValiditySeconds: 900
      refreshTokenValidityDays: 7
      callbackURLs:
      - https://shop.example/in   # production
      - "https://test.shop.example/in"
      # nobody knows who uses this one
      - https://old.shop.example/in
      logoutURLs: ["https://shop.example/out"]
      allowedOathFlows: [code]
      hostedUiDomainPrefix: shop-login
      hostedUiCSS: >-
        .banner-customizable {
        color: red }
      identityProviders:
        - type: OIDC
          name: Partner
          clientId: partner-client   # from their portal
          clientSecret: $Secret('partner.secret')
          attributeMapping:
            email: mail
          providerDetails:
            oidc_issuer: https://partner.example
            attributes_request_method: GET
        - {type: Google, clientId: google-client, clientSecret: $Secret('google.secret')}
      hooks:
        preSignUp: $ResourceParam('check', 'arn')
      useFirewall: wall   # bots
    overrides:
      UserPool:
        UserPoolTags: { team: a }   # billing
        AdminCreateUserConfig.InviteMessageTemplate.SMSMessage: "Code {####}, {username}"
  wall: { type: web-app-firewall, properties: { scope: regional } }
  gate:
    type: http-api-gateway
  check:
    type: function
    properties:
      packaging: {}   # anything
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: gate
            path: /orders
            method: GET
            authorizer:
              type: cognito
              properties: { userPoolName: pool }
# the end
"""

PLAIN = """\
resources:
  pool:
    type: user-auth-pool
    properties: {}
"""
